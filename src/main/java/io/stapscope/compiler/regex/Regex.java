package io.stapscope.compiler.regex;

import org.jspecify.annotations.Nullable;

/** A compiled pattern. Immutable and thread-safe. */
public final class Regex {
    private final String pattern;
    private final Program program;
    private final Automaton automaton;

    private Regex(String pattern, Program program, Automaton automaton) {
        this.pattern = pattern;
        this.program = program;
        this.automaton = automaton;
    }

    /** @param pattern a byte string */
    public static Regex compile(String pattern) throws RegexException {
        var program = Program.of(RegexParser.parse(pattern), pattern.length());
        return new Regex(pattern, program, new Automaton(program, pattern.length()));
    }

    public String pattern() {
        return pattern;
    }

    /** Groups of the pattern, the whole match not counted. */
    public int groups() {
        return program.groups;
    }

    /** Whether it occurs anywhere in a byte string: {@code =~}. */
    public boolean occursIn(String text) {
        return automaton.occursIn(text);
    }

    /**
     * The leftmost match, of those the longest: group n, 0 for the whole, from {@code [2n]} to {@code [2n + 1]}, both -1
     * for a group that took no part. Null when it occurs nowhere.
     */
    public int @Nullable [] match(String text) {
        return automaton.occursIn(text) ? new TaggedSearch(program, text).run() : null;
    }

    /** The table that {@link #occursIn} walks. */
    public Automaton automaton() {
        return automaton;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
