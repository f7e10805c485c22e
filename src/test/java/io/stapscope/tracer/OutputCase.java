package io.stapscope.tracer;

import io.stapscope.compiler.ir.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A script and all that it writes. A file holds many:
 *
 * <pre>
 * === name -D MAXSTRINGLEN=20
 * println("hello")
 * ---
 * hello
 * </pre>
 *
 * A script without a probe is the body of a begin handler. Of the output, bytes that cannot be printed are octal
 * escapes, a missing line end is {@code \c}, lines of the error stream come last and begin with {@code !! }, and an exit
 * status other than 0 is the line {@code => 1}.
 */
record OutputCase(String name, String script, String expected, Map<String, Integer> defines) {
    static List<OutputCase> read(Path file) throws IOException {
        List<OutputCase> cases = new ArrayList<>();
        for (var text : Files.readString(file).split("(?m)^=== ")) {
            if (!text.isBlank() && !text.startsWith("#")) {
                cases.add(of(text));
            }
        }
        return cases;
    }

    private static OutputCase of(String text) {
        int line = text.indexOf('\n');
        int middle = text.indexOf("\n---\n");
        if (middle < 0) {
            throw new IllegalArgumentException("no --- in: " + text);
        }
        var title = text.substring(0, line).split(" -D ");
        var defines = new HashMap<String, Integer>();
        for (int i = 1; i < title.length; i++) {
            var define = title[i].strip().split("=");
            defines.put(define[0], Integer.valueOf(define[1]));
        }
        var script = text.substring(line + 1, middle);
        // One empty line parts a case from the next.
        var expected = text.substring(middle + 5).replaceFirst("\n\n\\z", "\n");
        return new OutputCase(title[0].strip(), script, expected, defines);
    }

    /** The script with its begin handler. */
    String whole() {
        return script.contains("probe ") ? script : "probe begin { " + script + " }";
    }

    Limits limits() {
        var from = Limits.DEFAULT;
        int action = defines.getOrDefault("MAXACTION", from.maxAction());
        return new Limits(
                defines.getOrDefault("MAXSTRINGLEN", from.maxStringLength()),
                defines.getOrDefault("MAXMAPENTRIES", from.maxMapEntries()),
                action,
                defines.containsKey("MAXACTION") ? 10 * action : from.maxActionInterruptible(),
                defines.getOrDefault("MAXNESTING", from.maxNesting()),
                defines.getOrDefault("MAXERRORS", from.maxErrors()),
                from.maxSkipped());
    }

    /** What a run wrote, in the form of an expectation. */
    static String written(String out, String error, int status) {
        var text = new StringBuilder();
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c == '\\') {
                text.append("\\\\");
            } else if (c == '\n' || c >= ' ' && c < 0x7F) {
                text.append(c);
            } else {
                text.append(String.format("\\%03o", (int) c));
            }
        }
        if (!out.isEmpty() && !out.endsWith("\n")) {
            text.append("\\c\n");
        }
        error.lines().forEach(line -> text.append("!! ").append(line).append('\n'));
        if (status != 0) {
            text.append("=> ").append(status).append('\n');
        }
        return text.toString();
    }
}
