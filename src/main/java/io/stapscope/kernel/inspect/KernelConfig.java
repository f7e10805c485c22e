package io.stapscope.kernel.inspect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The options that the running kernel was built with. Without a readable file nothing is set. */
final class KernelConfig {
    private final Map<String, String> values;

    private KernelConfig(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** From where the kernel shows it itself, or where distributions put it. */
    static KernelConfig ofRunningKernel(String release) {
        return firstOf(List.of(
                Path.of("/proc/config.gz"),
                Path.of("/boot/config-" + release),
                Path.of("/lib/modules/" + release + "/config"),
                Path.of("/lib/modules/" + release + "/build/.config")));
    }

    static KernelConfig firstOf(List<Path> files) {
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                return new KernelConfig(read(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in));
            } catch (IOException e) {
                // Most machines have only one of them.
                continue;
            }
        }
        return new KernelConfig(Map.of());
    }

    /** {@code y}, {@code m}, a number, a text without its quotes; empty when it is not set. */
    String value(String name) {
        return values.getOrDefault(name, "");
    }

    private static Map<String, String> read(InputStream in) throws IOException {
        var found = new HashMap<String, String>();
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int sign = line.indexOf('=');
                if (line.startsWith("CONFIG_") && sign > 0) {
                    String value = line.substring(sign + 1);
                    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
                    found.put(line.substring(0, sign), quoted ? value.substring(1, value.length() - 1) : value);
                }
            }
        }
        return found;
    }
}
