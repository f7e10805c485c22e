package io.stapscope.compiler.diagnostic;

/** Text as a terminal shows it: tabs become spaces, East Asian wide characters take two columns, marks take none. */
final class Columns {
    private static final int TAB = 4;

    private final StringBuilder text = new StringBuilder();
    private int width;

    void append(String more) {
        more.codePoints().forEach(this::append);
    }

    String text() {
        return text.toString();
    }

    int width() {
        return width;
    }

    private void append(int character) {
        if (character == '\t') {
            int spaces = TAB - width % TAB;
            text.append(" ".repeat(spaces));
            width += spaces;
        } else if (Character.isISOControl(character) || isDirection(character)) {
            // Never hand control characters or direction changes to the terminal of whoever reads the message.
            text.append('\uFFFD');
            width++;
        } else {
            text.appendCodePoint(character);
            width += widthOf(character);
        }
    }

    private static boolean isDirection(int character) {
        return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
    }

    private static int widthOf(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    /** The blocks that UAX #11 calls wide or full-width, and emoji. */
    private static boolean isWide(int character) {
        return (character >= 0x1100 && character <= 0x115F)
                || (character >= 0x2E80 && character <= 0x303E)
                || (character >= 0x3041 && character <= 0xA4CF)
                || (character >= 0xA960 && character <= 0xA97F)
                || (character >= 0xAC00 && character <= 0xD7A3)
                || (character >= 0xF900 && character <= 0xFAFF)
                || (character >= 0xFE30 && character <= 0xFE6F)
                || (character >= 0xFF01 && character <= 0xFF60)
                || (character >= 0xFFE0 && character <= 0xFFE6)
                || (character >= 0x1F300 && character <= 0x1F64F)
                || (character >= 0x1F680 && character <= 0x1F6FF)
                || (character >= 0x1F900 && character <= 0x1FAFF)
                || (character >= 0x20000 && character <= 0x3FFFD);
    }
}
