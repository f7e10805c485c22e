package io.stapscope.kernel.inspect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The line of /proc/PID/stat and /proc/PID/task/TID/stat (proc(5)).
 *
 * @param name as byte string
 * @param state one letter: Z is a zombie, X a dead task
 * @param startTicks start after boot, in clock ticks; with the id it names one task for ever
 */
record TaskStat(int id, String name, char state, int parent, long startTicks, int lastCpu) {
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int START_TIME = 19;
    private static final int PROCESSOR = 36;

    /** Null when the task is gone, or went while we were reading. */
    static @Nullable TaskStat read(Path file) {
        try {
            return parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return null;
        }
    }

    /** The name may hold anything, parentheses and newlines too: it ends at the last one. */
    static @Nullable TaskStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 2 || close < open || close + 2 > line.length()) {
            return null;
        }
        var fields = line.substring(close + 2).strip().split(" ");
        if (fields.length <= PROCESSOR) {
            return null;
        }
        return new TaskStat(
                Integer.parseInt(line.substring(0, open - 1)),
                line.substring(open + 1, close),
                fields[STATE].charAt(0),
                Integer.parseInt(fields[PARENT]),
                Long.parseLong(fields[START_TIME]),
                Integer.parseInt(fields[PROCESSOR]));
    }

    boolean isDead() {
        return state == 'Z' || state == 'X';
    }
}
