package io.stapscope.syscalls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The tables among our resources. */
final class Resources {
    private Resources() {}

    /** The lines of a table, without empty ones and remarks. */
    static List<String> lines(String name) {
        try (var resource = Resources.class.getResourceAsStream("/syscalls/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("no table " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
