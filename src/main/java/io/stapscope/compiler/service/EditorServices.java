package io.stapscope.compiler.service;

import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.ScriptFormatter;
import io.stapscope.host.Host;
import org.jspecify.annotations.Nullable;

/** Answers to an editor about a script for one host. Offsets count UTF-16 units of the text. */
public final class EditorServices {
    private final Host host;

    public EditorServices(Host host) {
        this.host = host;
    }

    /** What could be written at {@code offset}. */
    public Suggestions complete(String text, int offset) {
        return new Completer(text, host).at(Math.clamp(offset, 0, text.length()));
    }

    /** What is known of the word at {@code offset}; null for nothing. */
    public @Nullable Hover hover(String text, int offset) {
        var word = WordAt.of(text, offset);
        return word == null ? null : new Hovers(text, host).of(word);
    }

    /** Where the name at {@code offset} is declared; null when it is nowhere. */
    public @Nullable Definition definition(String text, int offset) {
        var word = WordAt.of(text, offset);
        return word == null ? null : new Definitions(text, host).of(word);
    }

    /** The text with the usual blanks and lines; unchanged when it cannot be read. */
    public String format(String text) {
        return ScriptFormatter.format(new SourceText("<input>", text));
    }
}
