package io.stapscope.compiler.syntax;

/** How large a script may be. They keep every pass over the tree within bounded time and stack. */
final class SyntaxLimits {
    static final int SOURCE_BYTES = 64 * 1024;
    static final int TOKENS = 50_000;
    static final int DEPTH = 200;

    /** Operators in one expression: a chain of them makes a tree as deep as the chain is long. */
    static final int OPERATORS = 500;

    /** Probe points that the braces of one may stand for. */
    static final int ALTERNATIVES = 1000;

    private SyntaxLimits() {}
}
