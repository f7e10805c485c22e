package io.stapscope.compiler.source;

/** A stretch of one source text: offsets in UTF-16 units, end exclusive. */
public record Span(SourceText source, int start, int end) {
    public Span {
        if (start < 0 || end < start || end > source.text().length()) {
            throw new IllegalArgumentException("span " + start + ".." + end + " of a text of "
                    + source.text().length());
        }
    }

    /** The smallest span that holds both. */
    public static Span covering(Span first, Span last) {
        if (!first.source.equals(last.source)) {
            // A macro or an alias: there is no stretch of one text from here to there.
            return first;
        }
        return new Span(first.source, Math.min(first.start, last.start), Math.max(first.end, last.end));
    }

    /** Whether another one lies in this one. */
    public boolean contains(Span part) {
        return start <= part.start && part.end <= end && source.equals(part.source);
    }

    public String text() {
        return source.slice(start, end);
    }

    /** Line of the first character, from 1. */
    public int line() {
        return LineIndex.of(source).line(start);
    }

    /** Column of the first character in UTF-16 units, from 1. */
    public int column() {
        return LineIndex.of(source).column(start);
    }

    /** {@code FILE:LINE:COLUMN}, the form of SystemTap's messages. */
    @Override
    public String toString() {
        return source.name() + ":" + line() + ":" + column();
    }
}
