package io.stapscope.debuginfo.demangle;

import java.util.regex.Pattern;

/** Copies that a compiler makes of a function have suffixes: {@code .constprop.0}. */
final class CloneSuffix {
    private static final Pattern CLONE = Pattern.compile("\\.[a-zA-Z_]+(?:\\.[0-9]+)*|(?:\\.[0-9]+)+");

    private CloneSuffix() {}

    static String read(String suffix) throws MangledException {
        var text = new StringBuilder();
        var clones = CLONE.matcher(suffix);
        int end = 0;
        while (clones.find(end) && clones.start() == end) {
            text.append(" [clone ").append(clones.group()).append(']');
            end = clones.end();
        }
        if (end != suffix.length()) {
            throw new MangledException();
        }
        return text.toString();
    }
}
