package io.stapscope.syscalls;

/** How one argument is written, and what has to be fetched for it. */
interface ArgumentKind {
    /** Asks for the memory that {@link #text} will look at. */
    default void fetch(Fetches fetches, int index) {}

    String text(Call call, int index);

    /** Whether it is written at all. */
    default boolean isWritten() {
        return true;
    }

    /** What scripts see of the register. */
    default long value(long register) {
        return register;
    }

    /** How the argument is offered to scripts. */
    Offer offer();

    /** What a script finds under the name of an argument. */
    enum Offer {
        /** A number. */
        NUMBER,
        /** A number, and its text under {@code NAME_str}. */
        DESCRIBED,
        /** A quoted string; {@code NAME_unquoted} without quotation marks, {@code NAME_uaddr} its address. */
        STRING,
        /** Nothing. */
        NOTHING
    }
}
