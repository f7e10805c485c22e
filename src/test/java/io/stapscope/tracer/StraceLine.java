package io.stapscope.tracer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One system call as strace or a script of ours writes it.
 *
 * @param fields the arguments
 * @param result behind the equals sign
 */
record StraceLine(String name, List<String> fields, String result) {
    private static final Pattern CALL = Pattern.compile("(?:\\d+ +)?(\\w+)\\((.*)\\) += (.*)");
    private static final Pattern ERROR = Pattern.compile("-\\d+ \\(?(E[A-Z0-9]+).*");

    static @Nullable StraceLine of(String line) {
        var match = CALL.matcher(line);
        return match.matches() ? new StraceLine(match.group(1), split(match.group(2)), match.group(3)) : null;
    }

    /** At the commas outside of brackets, quotation marks and remarks. */
    private static List<String> split(String arguments) {
        var fields = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            if (c == '"') {
                i = endOfString(arguments, i);
            } else if (arguments.startsWith("/*", i)) {
                i = arguments.indexOf("*/", i) + 1;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                fields.add(arguments.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (!arguments.isBlank()) {
            fields.add(arguments.substring(start).strip());
        }
        return fields;
    }

    private static int endOfString(String text, int quote) {
        int i = quote + 1;
        while (text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    /** The name of the error, or the number, whatever its base and whatever stands behind it. */
    String plainResult() {
        var error = ERROR.matcher(result);
        if (error.matches()) {
            return error.group(1);
        }
        var word = result.split(" ", 2)[0];
        return word.startsWith("0x") || word.matches("-?\\d+") ? Long.toString(Long.decode(word)) : word;
    }
}
