package io.stapscope.postgres;

import java.nio.file.Path;
import java.util.Map;

/** Where everything lives that outlasts a start. */
final class StateDirectory {
    private StateDirectory() {}

    /**
     * STAPSCOPE_STATE when set; as root a system folder, because PostgreSQL gives up root's rights and could not reach
     * its own files under root's home; otherwise the user's data folder.
     */
    static Path locate(Map<String, String> environment, boolean root, Path home) {
        String chosen = environment.getOrDefault("STAPSCOPE_STATE", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen).toAbsolutePath();
        }
        if (root) {
            return Path.of("/var/lib/stapscope");
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        // The XDG rules tell to ignore a relative path.
        Path base = data.startsWith("/") ? Path.of(data) : home.resolve(".local/share");
        return base.resolve("stapscope");
    }
}
