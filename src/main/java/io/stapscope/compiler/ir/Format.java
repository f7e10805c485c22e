package io.stapscope.compiler.ir;

import java.util.List;

/** A checked format: literal text and directives in order; each directive takes its arguments in order. */
public record Format(List<Piece> pieces) {
    public Format {
        pieces = List.copyOf(pieces);
    }

    /** A part of a format. */
    public sealed interface Piece {}

    /** Text to copy. */
    public record Text(String text) implements Piece {}

    /**
     * @param flag one of {@code 0 + - space #}, or NUL for none
     * @param width least characters; -1 for none
     * @param widthArgument whether the width is an argument before the value ({@code *})
     * @param precision -1 for none
     * @param precisionArgument whether the precision is an argument before the value ({@code .*})
     */
    public record Directive(
            Conversion conversion,
            char flag,
            int width,
            boolean widthArgument,
            int precision,
            boolean precisionArgument)
            implements Piece {
        /** Plain {@code %d}, {@code %s} and so on. */
        public static Directive plain(Conversion conversion) {
            return new Directive(conversion, '\0', -1, false, -1, false);
        }
    }

    /** Conversions of printf, by SystemTap's letters. */
    public enum Conversion {
        /** d, i */
        DECIMAL,
        /** u */
        UNSIGNED,
        /** o */
        OCTAL,
        /** x */
        HEX,
        /** X */
        HEX_UPPER,
        /** p: as {@code %#x} */
        POINTER,
        /** c */
        CHARACTER,
        /** s */
        STRING,
        /** b: raw little-endian bytes, width of them */
        BINARY,
        /** m: bytes of memory, precision of them; lowered to one %c for each */
        MEMORY,
        /** M: the same in hexadecimal digits; lowered to one %02x for each */
        MEMORY_HEX
    }
}
