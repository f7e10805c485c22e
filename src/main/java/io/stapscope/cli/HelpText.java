package io.stapscope.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.commons.cli.Option;

/** The help of the commands, within 80 columns. */
final class HelpText {
    private static final int WIDTH = 80;
    private static final int MOST_FOR_OPTIONS = 34;

    private HelpText() {}

    static String of(Command command) {
        var out = new StringBuilder("Usage: stapscope " + command.name() + " [OPTION...]"
                + (command.operands().isEmpty() ? "" : " " + command.operands()) + "\n");
        wrapped(command.summary(), 0).forEach(line -> out.append(line).append('\n'));
        var rows = Main.withHelp(command).getOptions().stream()
                .filter(RunSyntax::isShown)
                .map(option -> new Row(label(option), option.getDescription()))
                .toList();
        print(rows, out);
        for (var line : command.footer()) {
            wrapped(line, 0).forEach(part -> out.append(part).append('\n'));
        }
        return out.toString();
    }

    static String ofAll(Collection<? extends Command> commands, List<String> footer) {
        var out = new StringBuilder("""
                Usage: stapscope [-hV] [COMMAND]
                SystemTap probe scripts on today's kernels, from a browser or the command line.
                  -h, --help      Show this help.
                  -V, --version   Show the version.
                Commands:
                """);
        print(
                commands.stream()
                        .map(command -> new Row(command.name(), command.summary()))
                        .toList(),
                out);
        footer.forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    private record Row(String label, String text) {}

    private static void print(List<Row> rows, StringBuilder out) {
        int widest = rows.stream()
                .mapToInt(row -> row.label.length())
                .filter(length -> length <= MOST_FOR_OPTIONS)
                .max()
                .orElse(0);
        var indent = " ".repeat(widest + 4);
        for (var row : rows) {
            var lines = wrapped(row.text, widest + 4);
            out.append("  ").append(row.label);
            if (row.label.length() > widest) {
                out.append('\n').append(indent);
            } else {
                out.append(" ".repeat(widest + 2 - row.label.length()));
            }
            out.append(String.join("\n" + indent, lines)).append('\n');
        }
    }

    /** {@code -T SEC}, {@code -h, --help}, {@code --port PORT}. */
    private static String label(Option option) {
        var parts = new ArrayList<String>();
        if (option.getOpt() != null) {
            parts.add("-" + option.getOpt());
        }
        if (option.getLongOpt() != null) {
            parts.add("--" + option.getLongOpt());
        }
        var argument = option.getArgName();
        if (!option.hasArg()) {
            return String.join(", ", parts);
        }
        return String.join(", ", parts) + (option.getOpt() == null ? "=" : " ") + argument;
    }

    /** Words as they fit; a line that begins with spaces stays as it is. */
    private static List<String> wrapped(String text, int indent) {
        if (text.isEmpty() || text.startsWith(" ")) {
            return List.of(text);
        }
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH - indent) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
