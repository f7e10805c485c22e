package io.stapscope.debuginfo.demangle;

import java.util.ArrayList;
import java.util.List;

/** A mangled C++ name that is being read: the place in it, and what its later parts can refer to. */
final class Mangled {
    private static final int DEEPEST = 150;
    private static final int MOST_SUBSTITUTIONS = 4096;

    private final String text;
    private int position;
    private int depth;
    private final List<Node> substitutions = new ArrayList<>();
    /** Arguments of the template that is being read; parameters refer to them. */
    List<Node> arguments = new ArrayList<>();
    /** Parameters of a lambda are its own, not those of a template around it. */
    boolean inLambda;

    Mangled(String text) {
        this.text = text;
    }

    boolean hasMore() {
        return position < text.length();
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return position + ahead < text.length() ? text.charAt(position + ahead) : 0;
    }

    char next() throws MangledException {
        if (!hasMore()) {
            throw new MangledException();
        }
        return text.charAt(position++);
    }

    boolean take(String expected) {
        if (text.startsWith(expected, position)) {
            position += expected.length();
            return true;
        }
        return false;
    }

    void expect(String expected) throws MangledException {
        if (!take(expected)) {
            throw new MangledException();
        }
    }

    String rest() {
        return text.substring(position);
    }

    void enter() throws MangledException {
        if (++depth > DEEPEST) {
            throw new MangledException();
        }
    }

    void leave() {
        depth--;
    }

    boolean atDigit() {
        return peek() >= '0' && peek() <= '9';
    }

    int number() throws MangledException {
        if (!atDigit()) {
            throw new MangledException();
        }
        long value = 0;
        while (atDigit()) {
            value = value * 10 + next() - '0';
            if (value > Integer.MAX_VALUE) {
                throw new MangledException();
            }
        }
        return (int) value;
    }

    String digits() throws MangledException {
        int start = position;
        while (atDigit()) {
            next();
        }
        return text.substring(start, position);
    }

    String textUntil(char end) throws MangledException {
        int found = text.indexOf(end, position);
        if (found < 0) {
            throw new MangledException();
        }
        var before = text.substring(position, found);
        position = found;
        return before;
    }

    /** A length and that many characters. */
    String source() throws MangledException {
        int length = number();
        if (length == 0 || length > text.length() - position) {
            throw new MangledException();
        }
        position += length;
        return text.substring(position - length, position);
    }

    /** {@code _} is 0, {@code 0_} is 1. */
    int ordinal() throws MangledException {
        int value = atDigit() ? number() + 1 : 0;
        expect("_");
        return value;
    }

    /** {@code _} is 0, {@code 0_} is 1, in base 36. */
    int sequence() throws MangledException {
        if (take("_")) {
            return 0;
        }
        long value = 0;
        while (!take("_")) {
            int digit = Character.digit(next(), 36);
            value = value * 36 + digit;
            if (digit < 0 || value > MOST_SUBSTITUTIONS) {
                throw new MangledException();
            }
        }
        return (int) value + 1;
    }

    Node remember(Node node) throws MangledException {
        if (substitutions.size() == MOST_SUBSTITUTIONS) {
            throw new MangledException();
        }
        substitutions.add(node);
        return node;
    }

    void forgetLast() throws MangledException {
        if (substitutions.isEmpty()) {
            throw new MangledException();
        }
        substitutions.removeLast();
    }

    Node remembered(int number) throws MangledException {
        if (number >= substitutions.size()) {
            throw new MangledException();
        }
        return substitutions.get(number);
    }

    Node parameter(int number) throws MangledException {
        if (inLambda) {
            return new Node.Name("auto:" + (number + 1));
        }
        if (number >= arguments.size()) {
            throw new MangledException();
        }
        return arguments.get(number);
    }
}
