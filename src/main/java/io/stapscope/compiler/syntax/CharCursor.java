package io.stapscope.compiler.syntax;

import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.source.Span;
import org.jspecify.annotations.Nullable;

/** A place in a text that moves forward, and the spans of what it passes. */
final class CharCursor {
    private final String text;
    private final SourceText source;

    /** Where all of a pasted text stands in the script; null for the script itself. */
    private final @Nullable Span pastedAt;

    private int position;

    private CharCursor(String text, SourceText source, @Nullable Span pastedAt) {
        this.text = text;
        this.source = source;
        this.pastedAt = pastedAt;
    }

    static CharCursor of(SourceText source) {
        return new CharCursor(source.text(), source, null);
    }

    static CharCursor pasted(String text, Span at) {
        return new CharCursor(text, at.source(), at);
    }

    boolean isPasted() {
        return pastedAt != null;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    int position() {
        return position;
    }

    /** The character ahead; NUL past the end. */
    char peek() {
        return peek(0);
    }

    char peek(int further) {
        int at = position + further;
        return at < text.length() ? text.charAt(at) : 0;
    }

    char next() {
        char letter = peek();
        position = Math.min(position + 1, text.length());
        return letter;
    }

    void skip(int count) {
        position = Math.min(position + count, text.length());
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix, position);
    }

    /** Moves to the line end ahead, which stays. */
    void skipLine() {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
    }

    /** Moves behind the next {@code mark} that begins at least two characters on; to the end when there is none. */
    boolean skipTo(String mark) {
        int found = text.indexOf(mark, Math.min(position + 2, text.length()));
        position = found < 0 ? text.length() : found + mark.length();
        return found >= 0;
    }

    /** Moves behind the next such character in this line; stays when there is none. */
    boolean skipInLineTo(char letter) {
        int found = text.indexOf(letter, position + 1);
        int end = text.indexOf('\n', position);
        boolean there = found >= 0 && (end < 0 || found < end);
        position = there ? found + 1 : position;
        return there;
    }

    /** At a line end: moves behind the closing quote in the next line when that line has an odd number of quotes. */
    void skipRestOfString() {
        int end = text.indexOf('\n', Math.min(position + 1, text.length()));
        String line = text.substring(position, end < 0 ? text.length() : end);
        long quotes =
                line.replace("\\\"", "").chars().filter(each -> each == '"').count();
        if (quotes % 2 == 1) {
            position += line.indexOf('"') + 1;
        }
    }

    String slice(int start) {
        return text.substring(start, position);
    }

    Span span(int start, int end) {
        if (pastedAt != null) {
            return pastedAt;
        }
        return new Span(source, start, Math.min(end, text.length()));
    }
}
