package io.stapscope.gallery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All tools, in the order in which they are shown. */
public final class Gallery {
    private static final String FOLDER = "/tools/";

    private Gallery() {}

    /** Read once, by whoever asks first. */
    private static final class Read {
        static final List<Tool> TOOLS = text("index")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(name -> Tool.of(name, text(name + ".stp")))
                .toList();
    }

    public static List<Tool> tools() {
        return Read.TOOLS;
    }

    /** The tool of a name, with or without {@code .stp}; null when there is none. */
    public static @Nullable Tool named(String name) {
        var plain = name.endsWith(".stp") ? name.substring(0, name.length() - ".stp".length()) : name;
        return tools().stream()
                .filter(tool -> tool.name().equals(plain))
                .findFirst()
                .orElse(null);
    }

    private static String text(String file) {
        try (var in = Gallery.class.getResourceAsStream(FOLDER + file)) {
            return new String(Objects.requireNonNull(in, "there is no " + file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
