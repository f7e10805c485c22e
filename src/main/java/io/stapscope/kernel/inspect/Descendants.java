package io.stapscope.kernel.inspect;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who was started by a process, directly or not. A table of all processes could tell it too, but a run begins with this
 * question: of all processes only the parent is read, everything only of those that are found.
 */
public final class Descendants {
    /** A line of /proc/PID/stat is shorter up to the parent: a name has at most 15 bytes. */
    private static final int LINE = 128;

    private Descendants() {}

    /** Ids of the process and of its descendants that run; those adopted by others meanwhile are not found. */
    public static Set<Integer> with(int pid) {
        var children = children();
        var family = new LinkedHashSet<Integer>();
        var waiting = new ArrayDeque<Integer>(List.of(pid));
        while (!waiting.isEmpty()) {
            int parent = waiting.remove();
            // A zombie is no member: its id may be another's soon.
            if (ProcessTable.readProcess(parent) != null && family.add(parent)) {
                waiting.addAll(children.getOrDefault(parent, List.of()));
            }
        }
        return Collections.unmodifiableSet(family);
    }

    private static Map<Integer, List<Integer>> children() {
        var children = new HashMap<Integer, List<Integer>>();
        var names = new File(ProcessTable.ROOT.toString()).list();
        var line = new byte[LINE];
        for (var name : names == null ? new String[0] : names) {
            if (name.charAt(0) >= '0' && name.charAt(0) <= '9') {
                int parent = parent(name, line);
                if (parent > 0) {
                    children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(Integer.parseInt(name));
                }
            }
        }
        return children;
    }

    /** 0 when it is gone or has none. */
    private static int parent(String pid, byte[] line) {
        try (var file = new FileInputStream(ProcessTable.ROOT + "/" + pid + "/stat")) {
            return parent(line, file.read(line));
        } catch (IOException gone) {
            return 0;
        }
    }

    /** {@code 42 (a name) S 7 ...} -> 7. The name may hold anything: it ends at the last parenthesis. */
    static int parent(byte[] line, int length) {
        int at = length - 1;
        while (at >= 0 && line[at] != ')') {
            at--;
        }
        int parent = 0;
        for (int i = at + 4; at >= 0 && i < length && line[i] != ' '; i++) {
            parent = parent * 10 + line[i] - '0';
        }
        return parent;
    }
}
