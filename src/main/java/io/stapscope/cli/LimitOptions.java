package io.stapscope.cli;

import io.stapscope.compiler.ir.Limits;
import java.util.List;
import java.util.Map;

/** The limits that {@code -D NAME=VALUE} and {@code -s} set. */
final class LimitOptions {
    static final int DEFAULT_MEGABYTES = Limits.RING_BYTES >> 20;

    private LimitOptions() {}

    /** Limits of SystemTap that nothing here needs, with the reason. */
    private static final Map<String, String> WITHOUT_MEANING = Map.ofEntries(
            Map.entry("MAXSKIPPED", "skipped hits are counted and told, and end nothing"),
            Map.entry("MAXTRYLOCK", "there are no locks"),
            Map.entry("TRYLOCKDELAY", "there are no locks"),
            Map.entry("MINSTACKSPACE", "the kernel's verifier bounds the stack"),
            Map.entry("MAXUPROBES", "nothing is set aside for probes"),
            Map.entry("KRETACTIVE", "nothing is set aside for calls under way"),
            Map.entry("MAXBACKTRACE", "stacks have 127 frames at most"),
            Map.entry("STP_OVERLOAD_INTERVAL", "the cost of each hit is measured and shown instead"),
            Map.entry("STP_OVERLOAD_THRESHOLD", "the cost of each hit is measured and shown instead"),
            Map.entry("STP_NO_OVERLOAD", "no script is ended for its cost"),
            Map.entry("STP_PROCFS_BUFSIZE", "procfs(\"name\").maxsize(N) sets the size of a file"));

    static List<String> names() {
        return List.of(
                "MAXSTRINGLEN", "MAXMAPENTRIES", "MAXACTION", "MAXACTION_INTERRUPTIBLE", "MAXNESTING", "MAXERRORS");
    }

    static boolean isWithoutMeaning(String name) {
        return WITHOUT_MEANING.containsKey(name);
    }

    /** A line for each limit that changes nothing. */
    static List<String> warnings(Map<String, String> defines) {
        return defines.keySet().stream()
                .filter(WITHOUT_MEANING::containsKey)
                .map(name -> "WARNING: -D " + name + " changes nothing: " + WITHOUT_MEANING.get(name))
                .toList();
    }

    /** @param megabytes of the ring buffer, rounded up to a power of two */
    static Limits limits(Map<String, String> defines, int megabytes) throws UserException {
        for (var name : defines.keySet()) {
            if (!names().contains(name) && !WITHOUT_MEANING.containsKey(name)) {
                throw new UserException("-D " + name + ": not a limit; there are " + String.join(", ", names()));
            }
        }
        var standard = Limits.DEFAULT;
        int maxAction = value(defines, "MAXACTION", standard.maxAction(), 1, 1_000_000);
        int inUserSpace = Math.max(standard.maxActionInterruptible(), 10 * maxAction);
        return new Limits(
                value(defines, "MAXSTRINGLEN", standard.maxStringLength(), 16, 4096),
                value(defines, "MAXMAPENTRIES", standard.maxMapEntries(), 1, 1 << 20),
                maxAction,
                value(defines, "MAXACTION_INTERRUPTIBLE", inUserSpace, 1, Integer.MAX_VALUE),
                value(defines, "MAXNESTING", standard.maxNesting(), 1, 64),
                value(defines, "MAXERRORS", standard.maxErrors(), 0, Integer.MAX_VALUE),
                standard.maxSkipped(),
                powerOfTwo(megabytes) << 20);
    }

    /** The same, but no number of soft errors ends the script. */
    static Limits tolerant(Limits limits) {
        return new Limits(
                limits.maxStringLength(),
                limits.maxMapEntries(),
                limits.maxAction(),
                limits.maxActionInterruptible(),
                limits.maxNesting(),
                Integer.MAX_VALUE,
                limits.maxSkipped(),
                limits.ringBytes());
    }

    /** The next one that is not smaller. */
    private static int powerOfTwo(int number) {
        return number <= 1 ? 1 : Integer.highestOneBit(number - 1) << 1;
    }

    private static int value(Map<String, String> defines, String name, int absent, int least, int most)
            throws UserException {
        var text = defines.get(name);
        return text == null ? absent : Numbers.within("-D " + name, text, least, most);
    }
}
