package io.stapscope.debuginfo.dwarf.line;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The files of a line table. Their numbers are those of the table: DWARF 5 counts from 0, older ones from 1. */
final class SourceFiles {
    static final int MOST = 1 << 16;

    private final String unitDirectory;
    private final List<String> directories = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();

    SourceFiles(String unitDirectory) {
        this.unitDirectory = unitDirectory;
    }

    void addDirectory(String name) {
        directories.add(directories.isEmpty() ? join(unitDirectory, name) : join(directories.getFirst(), name));
    }

    void addFile(String name, long directory) {
        boolean isKnown = directory >= 0 && directory < directories.size();
        paths.add(normalised(join(isKnown ? directories.get((int) directory) : "", name)));
    }

    /** Adds a file that is known by a path from the directory of the unit; an empty path keeps the number without a file. */
    void addUnit(String name) {
        paths.add(name.isEmpty() ? "" : normalised(join(unitDirectory, name)));
    }

    int size() {
        return paths.size();
    }

    int directories() {
        return directories.size();
    }

    String path(int number) {
        return number >= 0 && number < paths.size() ? paths.get(number) : "";
    }

    List<String> paths() {
        return List.copyOf(paths);
    }

    private static String join(String directory, String name) {
        if (name.startsWith("/") || directory.isEmpty()) {
            return name;
        }
        return name.isEmpty() ? directory : directory + "/" + name;
    }

    /** Without {@code .}, {@code ..} and double slashes; a path that begins with {@code ..} keeps it. */
    private static String normalised(String path) {
        var kept = new ArrayDeque<String>();
        for (var part : path.split("/", -1)) {
            if (part.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
                kept.removeLast();
            } else if (part.equals("..") && path.startsWith("/")) {
                continue;
            } else if (!part.isEmpty() && !part.equals(".")) {
                kept.add(part);
            }
        }
        return (path.startsWith("/") ? "/" : "") + String.join("/", kept);
    }
}
