package io.stapscope.compiler.regex;

import java.util.BitSet;

/** Reads a bracket expression: {@code [a-z_[:digit:]]}. In the C locale, where a character is a byte. */
final class BracketParser {
    private final String pattern;
    private int at;

    /** {@code at}: just behind the opening bracket. */
    BracketParser(String pattern, int at) {
        this.pattern = pattern;
        this.at = at;
    }

    /** Where the pattern goes on, after {@link #parse}. */
    int end() {
        return at;
    }

    BitSet parse() throws RegexException {
        int start = at - 1;
        var bytes = new BitSet(256);
        boolean negated = accept('^');
        boolean first = true;
        while (true) {
            if (at >= pattern.length()) {
                throw new RegexException(start, "the bracket is not closed; write ']' behind its characters");
            }
            if (pattern.charAt(at) == ']' && !first) {
                at++;
                break;
            }
            first = false;
            member(bytes);
        }
        if (negated) {
            bytes.flip(1, 256);
            bytes.clear(0);
        }
        return bytes;
    }

    private void member(BitSet bytes) throws RegexException {
        int start = at;
        if (pattern.startsWith("[:", at)) {
            characterClass(bytes);
            return;
        }
        int low = element();
        boolean isRange = at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
        if (!isRange) {
            bytes.set(low);
            return;
        }
        at++;
        if (pattern.startsWith("[:", at)) {
            throw new RegexException(at, "a range cannot end with a class");
        }
        int high = element();
        if (high < low) {
            throw new RegexException(start, "the range " + pattern.substring(start, at) + " is upside down");
        }
        bytes.set(low, high + 1);
    }

    /** One character, also as {@code [.x.]} or {@code [=x=]}. */
    private int element() throws RegexException {
        for (char mark : new char[] {'.', '='}) {
            if (pattern.startsWith("[" + mark, at)) {
                int start = at;
                int close = pattern.indexOf(mark + "]", at + 3);
                if (close != at + 3) {
                    throw new RegexException(
                            start, "only one character can stand between [" + mark + " and " + mark + "]");
                }
                at = close + 2;
                return pattern.charAt(start + 2);
            }
        }
        return pattern.charAt(at++);
    }

    private void characterClass(BitSet bytes) throws RegexException {
        int close = pattern.indexOf(":]", at + 2);
        if (close < 0) {
            throw new RegexException(at, "the class is not closed; write ':]' behind its name");
        }
        var name = pattern.substring(at + 2, close);
        var known = CharacterClasses.find(name);
        if (known == null) {
            throw new RegexException(
                    at + 2, "there is no class '" + name + "'; the classes are " + CharacterClasses.names());
        }
        bytes.or(known);
        at = close + 2;
    }

    private boolean accept(char expected) {
        if (at < pattern.length() && pattern.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }
}
