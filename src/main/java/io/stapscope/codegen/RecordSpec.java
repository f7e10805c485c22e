package io.stapscope.codegen;

import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.List;

/**
 * What one statement sends through the ring buffer.
 *
 * @param id in the head of the record; index in {@link Generated#records()}
 * @param handler id of the handler that sends it
 * @param fields in the order of the format's arguments, or of the handler's captures
 * @param size most bytes, head included; a record whose last string is long arrives shorter, cut after its NUL;
 *     binary bytes are last and cut to what they are
 * @param format how PRINT and WARN fields become text, and the text of an ERROR with its place; empty for the others
 */
public record RecordSpec(int id, Kind kind, Span span, int handler, List<Field> fields, int size, Format format) {
    public RecordSpec {
        fields = List.copyOf(fields);
    }

    /** Why a record is sent. */
    public enum Kind {
        PRINT,
        WARN,
        /** A soft error: the handler was left. */
        ERROR,
        /** exit() was called; the handler goes on. */
        EXIT,
        /** Captured values of a handler that user space runs. */
        DEFERRED
    }

    /**
     * @param offset from the start of the record
     * @param width 8 for a number; for a string its most bytes with NUL
     * @param binary whether all bytes belong to the value, NUL among them; it ends where the record ends
     */
    public record Field(Type type, int offset, int width, boolean binary) {}
}
