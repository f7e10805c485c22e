package io.stapscope.history;

/**
 * One part of a series' key.
 *
 * @param kind pid, tid, syscall, cpu, uid, execname or plain
 * @param value the part itself as text
 * @param label what people read: the name of a system call, "1234 postgres" for a process
 */
public record KeyPart(String kind, String value, String label) {}
