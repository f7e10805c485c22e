package io.stapscope.history;

/**
 * One part of a series' key.
 *
 * @param kind pid, tid, syscall, cpu, uid, execname, stack, ustack or plain
 * @param value the part itself as text
 * @param label what people read: the name of a system call, "1234 postgres" for a process, "main;run;work" for a stack
 */
public record KeyPart(String kind, String value, String label) {}
