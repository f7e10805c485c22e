package io.stapscope.interpreter;

import io.stapscope.compiler.regex.Regex;
import io.stapscope.compiler.regex.RegexException;

/** Patterns of a plan, which the compiler has checked. */
final class Patterns {
    private Patterns() {}

    static Regex compiled(String pattern) {
        try {
            return Regex.compile(pattern);
        } catch (RegexException e) {
            throw new IllegalArgumentException(pattern + ": " + e.text(), e);
        }
    }
}
