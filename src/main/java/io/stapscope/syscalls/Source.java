package io.stapscope.syscalls;

/** Where an address or a length is found. */
sealed interface Source {
    /** The register of an argument. */
    record Argument(int index) implements Source {}

    /** A word in memory that was fetched before. */
    record Word(Source of, int offset) implements Source {}
}
