package io.stapscope.syscalls;

/** How the result of a system call is written. */
public enum ReturnKind {
    /** Four bytes with sign. */
    INT,
    LONG,
    HEX,
    OCTAL,
    /** It does not return, or without a value. */
    NONE
}
