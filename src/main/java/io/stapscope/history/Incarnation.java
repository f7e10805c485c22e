package io.stapscope.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One life of a service, so that captures of a dead one are told from those of another that runs. */
final class Incarnation {
    private static final String CURRENT = of(ProcessHandle.current().pid());

    private Incarnation() {}

    /** Ours: boot, process and its start in clock ticks since the boot. */
    static String current() {
        return CURRENT;
    }

    /** Whether the service of this incarnation still runs on this machine. */
    static boolean isAlive(String incarnation) {
        var parts = incarnation.split("/", -1);
        return parts.length == 3
                && parts[1].chars().allMatch(Character::isDigit)
                && !parts[1].isEmpty()
                && of(Long.parseLong(parts[1])).equals(incarnation);
    }

    private static String of(long pid) {
        try {
            var boot =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name of the process may hold anything, so fields are counted from its closing bracket,
            // behind which the third begins.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return boot + "/" + pid + "/" + fields[22 - 3];
        } catch (IOException | IndexOutOfBoundsException e) {
            return "";
        }
    }
}
