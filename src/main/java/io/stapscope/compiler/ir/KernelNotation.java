package io.stapscope.compiler.ir;

import io.stapscope.compiler.ir.Format.Directive;
import io.stapscope.compiler.type.Type;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Formats as the kernel's bpf_snprintf takes them. */
public final class KernelNotation {
    /** MAX_BPRINTF_VARARGS. */
    private static final int MOST_ARGUMENTS = 12;

    /** MAX_BPRINTF_BIN_ARGS: bytes for copies of all values, strings with their NUL. */
    private static final int VALUE_BYTES = 512;

    private KernelNotation() {}

    /**
     * The format for the kernel; null when only user space can do it.
     *
     * @param width gives the most bytes of a string with its NUL
     */
    public static @Nullable String of(Expression.Formatted formatted, ToIntFunction<Expression> width) {
        if (formatted.arguments().size() > MOST_ARGUMENTS) {
            return null;
        }
        int bytes = 0;
        for (var value : formatted.arguments()) {
            bytes += value.type() == Type.STRING ? width.applyAsInt(value) : 2 * Long.BYTES;
        }
        if (bytes > VALUE_BYTES) {
            return null;
        }
        var notation = new StringBuilder();
        for (var piece : formatted.format().pieces()) {
            var part =
                    switch (piece) {
                        case Format.Text(var text) -> literal(text);
                        case Directive directive -> directive(directive);
                    };
            if (part == null) {
                return null;
            }
            notation.append(part);
        }
        return notation.toString();
    }

    /** The kernel takes printable ASCII and white space only. */
    private static @Nullable String literal(String text) {
        boolean taken = text.chars().allMatch(c -> c >= ' ' && c <= '~' || c >= '\t' && c <= '\r');
        return taken ? text.replace("%", "%%") : null;
    }

    private static @Nullable String directive(Directive directive) {
        if (!directive.equals(Directive.plain(directive.conversion()))) {
            return null;
        }
        return switch (directive.conversion()) {
            case DECIMAL -> "%lld";
            case UNSIGNED -> "%llu";
            case HEX -> "%llx";
            case HEX_UPPER -> "%llX";
            case STRING -> "%s";
            case OCTAL, POINTER, CHARACTER, BINARY, MEMORY, MEMORY_HEX -> null;
        };
    }
}
