package io.stapscope.compiler.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in {@code function("...")} and {@code statement("...")}.
 *
 * @param function a name or a pattern
 * @param file a pattern for the last parts of the path of a source file; null for any
 * @param lines what is said of lines; empty for nothing
 * @param relative whether lines count from the declaration of the function
 */
record CodeSpec(String function, @Nullable String file, List<Range> lines, boolean relative) {
    private static final Pattern LINES = Pattern.compile("\\d{1,7}(-\\d{1,7})?(,\\d{1,7}(-\\d{1,7})?)*");
    private static final Pattern SOURCE = Pattern.compile("([^:]+?)(?::(\\*|[\\d,-]+)|\\+(\\d{1,7}))?");
    private static final Pattern SPECIAL = Pattern.compile("[*?\\[]");

    /** Lines, both ends included. */
    record Range(int first, int last) {}

    /** Every line of a file. */
    static final Range ALL = new Range(1, Integer.MAX_VALUE);

    CodeSpec {
        lines = List.copyOf(lines);
    }

    /** @return null for what has no meaning */
    static @Nullable CodeSpec parse(String text) {
        int at = text.indexOf('@');
        var function = at < 0 ? text : text.substring(0, at);
        if (function.isBlank()) {
            return null;
        }
        if (at < 0) {
            return new CodeSpec(function, null, List.of(), false);
        }
        var source = SOURCE.matcher(text.substring(at + 1));
        if (!source.matches()) {
            return null;
        }
        var file = source.group(1);
        var lines = source.group(2);
        if (source.group(3) != null) {
            int line = Integer.parseInt(source.group(3));
            return new CodeSpec(function, file, List.of(new Range(line, line)), true);
        }
        if (lines == null) {
            return new CodeSpec(function, file, List.of(), false);
        }
        if (lines.equals("*")) {
            return new CodeSpec(function, file, List.of(ALL), false);
        }
        if (!LINES.matcher(lines).matches()) {
            return null;
        }
        var ranges = new ArrayList<Range>();
        for (var part : lines.split(",")) {
            var ends = part.split("-");
            ranges.add(new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])));
        }
        return ranges.stream().anyMatch(range -> range.last() < range.first())
                ? null
                : new CodeSpec(function, file, ranges, false);
    }

    boolean isPattern() {
        return isPattern(function);
    }

    static boolean isPattern(String text) {
        return SPECIAL.matcher(text).find();
    }

    /** {@code *}, {@code ?} and {@code [...]} as in file names. */
    static Pattern glob(String text) {
        var regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int close = c == '[' ? text.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0 && text.substring(i + 1, close).matches("[\\w!^-]+")) {
                regex.append('[')
                        .append(text.substring(i + 1, close).replaceFirst("^!", "^"))
                        .append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
