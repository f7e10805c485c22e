package io.stapscope.history;

/** The machine a capture ran on. */
public record HostRecord(String name, String kernel, String architecture) {}
