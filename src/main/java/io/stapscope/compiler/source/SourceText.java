package io.stapscope.compiler.source;

/**
 * One text of probes, with the name it is reported under.
 *
 * @param name a file name, or {@code <input>} for text that came from no file
 */
public record SourceText(String name, String text) {
    /** The text between two offsets, in UTF-16 units. */
    public String slice(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return name;
    }
}
