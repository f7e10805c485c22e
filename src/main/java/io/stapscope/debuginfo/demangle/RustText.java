package io.stapscope.debuginfo.demangle;

/** A mangled name of Rust that is being read, and what is written of it. */
final class RustText {
    private static final int DEEPEST = 150;
    private static final int LONGEST = 1 << 15;
    private static final int MOST_DIGITS = 11;
    private static final int MOST_STEPS = 100_000;

    final StringBuilder out = new StringBuilder();
    private final String text;
    private int position = 2;
    private int depth;
    private int steps;

    interface Part {
        void read() throws MangledException;
    }

    RustText(String text) {
        this.text = text;
    }

    char next() throws MangledException {
        if (position >= text.length()) {
            throw new MangledException();
        }
        return text.charAt(position++);
    }

    void back() {
        position--;
    }

    boolean take(char wanted) {
        boolean isThere = position < text.length() && text.charAt(position) == wanted;
        position += isThere ? 1 : 0;
        return isThere;
    }

    boolean atDigit() {
        return position < text.length() && Character.isDigit(text.charAt(position));
    }

    boolean atUpperCase() {
        return position < text.length() && Character.isUpperCase(text.charAt(position));
    }

    /** Whether the name ends here; compilers add words of their own behind a dot. */
    boolean atSuffix() {
        return position == text.length() || text.charAt(position) == '.' || text.charAt(position) == '$';
    }

    void enter() throws MangledException {
        if (++depth > DEEPEST || ++steps > MOST_STEPS || out.length() > LONGEST) {
            throw new MangledException();
        }
    }

    void leave() {
        depth--;
    }

    /** {@code _} is 0, {@code 0_} is 1, in base 62; hashes of crates take all 64 bits. */
    long base62() throws MangledException {
        if (take('_')) {
            return 0;
        }
        long value = 0;
        for (int digits = 0; !take('_'); digits++) {
            value = value * 62 + digit(next());
            if (digits == MOST_DIGITS) {
                throw new MangledException();
            }
        }
        return value + 1;
    }

    private static int digit(char letter) throws MangledException {
        if (letter >= '0' && letter <= '9') {
            return letter - '0';
        }
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a' + 10;
        }
        if (letter >= 'A' && letter <= 'Z') {
            return letter - 'A' + 36;
        }
        throw new MangledException();
    }

    /** 0 without the tag. */
    long optional(char tag) throws MangledException {
        return take(tag) ? base62() + 1 : 0;
    }

    /** Reads again what stands at an earlier place. */
    void again(Part part) throws MangledException {
        int start = position - 1;
        long target = base62() + 2;
        if (target < 2 || target >= start) {
            throw new MangledException();
        }
        int behind = position;
        position = (int) target;
        enter();
        part.read();
        leave();
        position = behind;
    }

    String identifier() throws MangledException {
        boolean isPunycode = take('u');
        int length = 0;
        if (!take('0')) {
            if (!atDigit()) {
                throw new MangledException();
            }
            while (atDigit() && length < text.length()) {
                length = length * 10 + next() - '0';
            }
        }
        take('_');
        if (length > text.length() - position) {
            throw new MangledException();
        }
        position += length;
        var name = text.substring(position - length, position);
        return isPunycode ? Punycode.decode(name) : name;
    }

    String until(char end) throws MangledException {
        int found = text.indexOf(end, position);
        if (found < 0) {
            throw new MangledException();
        }
        var before = text.substring(position, found);
        position = found + 1;
        return before;
    }
}
