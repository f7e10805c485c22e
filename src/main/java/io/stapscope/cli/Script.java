package io.stapscope.cli;

import io.stapscope.compiler.source.SourceText;
import io.stapscope.gallery.Gallery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads script texts as the command line names them. */
final class Script {
    private Script() {}

    /** The text of {@code -e}. */
    static SourceText inline(String text) {
        return new SourceText("<input>", text);
    }

    /** The text of a file; {@code -} is standard input. Where no file has the name, a tool of the gallery may. */
    static SourceText read(String name) throws UserException {
        try {
            var bytes = name.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(name));
            return new SourceText(name.equals("-") ? "<input>" : name, new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            var tool = Gallery.named(name);
            if (tool != null) {
                return new SourceText(tool.name() + ".stp", tool.script());
            }
            throw new UserException("no such file: " + name);
        } catch (IOException e) {
            throw new UserException("cannot read " + name + ": " + e.getMessage());
        }
    }
}
