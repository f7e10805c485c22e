package io.stapscope.tracer;

/**
 * A file that users can read or write while a run goes on: {@code procfs("name")}.
 *
 * @param readable whether a handler makes its content
 * @param writable whether a handler takes what is written
 * @param most bytes of its content
 * @param mode permissions of the file
 */
public record RunFile(String name, boolean readable, boolean writable, int most, int mode) {}
