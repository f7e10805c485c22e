package io.stapscope.kernel.inspect;

import io.stapscope.kernel.inspect.ProcessEntry.ThreadEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The processes that ran when it was read, by id. Those that came or went during the reading may be missing. */
public final class ProcessTable {
    static final Path ROOT = Path.of("/proc");

    private final SortedMap<Integer, ProcessEntry> byPid;

    private ProcessTable(SortedMap<Integer, ProcessEntry> byPid) {
        this.byPid = Collections.unmodifiableSortedMap(byPid);
    }

    public static ProcessTable read() {
        var found = new TreeMap<Integer, ProcessEntry>();
        for (int pid : numbers(ROOT)) {
            var entry = readProcess(pid);
            if (entry != null) {
                found.put(pid, entry);
            }
        }
        return new ProcessTable(found);
    }

    /** One process; null when there is none, or it is only a zombie. */
    public static @Nullable ProcessEntry readProcess(int pid) {
        var directory = ROOT.resolve(Integer.toString(pid));
        var stat = TaskStat.read(directory.resolve("stat"));
        var status = ProcessStatus.read(directory);
        if (stat == null || status == null || status.process() != pid) {
            return null;
        }
        var threads = status.threads() > 1 ? readThreads(pid, directory) : leader(stat);
        if (threads.isEmpty()) {
            return null;
        }
        return new ProcessEntry(
                pid,
                stat.parent(),
                stat.name(),
                status.uid(),
                status.gid(),
                executable(directory),
                stat.lastCpu(),
                stat.startTicks(),
                threads);
    }

    /** Words of the command line as byte string, joined by spaces; empty for kernel threads and ended processes. */
    public static String commandLine(int pid) {
        try {
            var bytes = Files.readAllBytes(ROOT.resolve(Integer.toString(pid)).resolve("cmdline"));
            return new String(bytes, StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException gone) {
            return "";
        }
    }

    /** Path of the executable as the process sees it; empty for kernel threads and when we may not know. */
    public static String executablePath(int pid) {
        try {
            return Files.readSymbolicLink(ROOT.resolve(Integer.toString(pid)).resolve("exe"))
                    .toString();
        } catch (IOException gone) {
            return "";
        }
    }

    public Collection<ProcessEntry> processes() {
        return byPid.values();
    }

    public @Nullable ProcessEntry find(int pid) {
        return byPid.get(pid);
    }

    /** Ids of the process and of all it has started, directly or not; those adopted by others meanwhile are not found. */
    public Set<Integer> withDescendants(int pid) {
        var family = new LinkedHashSet<Integer>();
        var waiting = new ArrayDeque<Integer>(List.of(pid));
        while (!waiting.isEmpty()) {
            int parent = waiting.remove();
            if (byPid.containsKey(parent) && family.add(parent)) {
                byPid.values().stream()
                        .filter(entry -> entry.parent() == parent)
                        .forEach(entry -> waiting.add(entry.pid()));
            }
        }
        return Collections.unmodifiableSet(family);
    }

    static List<Integer> threadIds(Path process) {
        return numbers(process.resolve("task"));
    }

    /** Most processes have no other thread: spare them a directory and a file. */
    private static List<ThreadEntry> leader(TaskStat stat) {
        return stat.isDead()
                ? List.of()
                : List.of(new ThreadEntry(stat.id(), stat.name(), stat.lastCpu(), stat.startTicks()));
    }

    /** Ids start again below the leader's once they reach kernel.pid_max: it is not the lowest then. */
    static List<ThreadEntry> readThreads(int leader, Path process) {
        var threads = new ArrayList<ThreadEntry>();
        for (int tid : threadIds(process)) {
            var stat = TaskStat.read(process.resolve("task").resolve(tid + "/stat"));
            if (stat != null && !stat.isDead()) {
                threads.add(new ThreadEntry(tid, stat.name(), stat.lastCpu(), stat.startTicks()));
            }
        }
        threads.sort(Comparator.comparing(thread -> thread.tid() != leader));
        return threads;
    }

    private static FileIdentity executable(Path process) {
        try {
            return FileIdentity.of(process.resolve("exe"));
        } catch (IOException kernelThreadOrNotAllowed) {
            return FileIdentity.NONE;
        }
    }

    /** Names of a directory that are numbers, in order; nothing when it is gone. */
    private static List<Integer> numbers(Path directory) {
        var found = new ArrayList<Integer>();
        try (var entries = Files.newDirectoryStream(directory, ProcessTable::isNumber)) {
            entries.forEach(
                    entry -> found.add(Integer.parseInt(entry.getFileName().toString())));
        } catch (IOException | DirectoryIteratorException gone) {
            return List.of();
        }
        Collections.sort(found);
        return found;
    }

    private static boolean isNumber(Path entry) {
        var name = entry.getFileName().toString();
        return name.length() <= 9 && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
