package io.stapscope.capture.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the few kernel files the doctor looks at, below a root that tests choose. */
record ProcFiles(Path root) {
    /** The text of a file, null when it cannot be read. */
    @Nullable
    String read(String path) {
        try {
            return Files.readString(root.resolve(path)).strip();
        } catch (IOException e) {
            return null;
        }
    }

    /** The value of a line {@code NAME:\tVALUE} of the own status file, "" without one. */
    String status(String name) {
        var status = read("proc/self/status");
        if (status == null) {
            return "";
        }
        return status.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
