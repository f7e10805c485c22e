package io.stapscope.compiler.syntax;

/** Leaves a phrase that cannot be read, after it was reported; caught where reading can go on. Never leaves the parser. */
final class Panic extends RuntimeException {
    private static final long serialVersionUID = 1;

    Panic() {
        super("unreadable phrase", null, false, false);
    }
}
