package io.stapscope.pipeline;

import java.util.Locale;

/** What a part of a key stands for. */
public enum KeyKind {
    PID,
    TID,
    SYSCALL,
    CPU,
    UID,
    EXECNAME,
    /** A stack of the kernel. */
    STACK,
    /** A stack of a process. */
    USTACK,
    PLAIN;

    /** The word for it on the wire and in the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
