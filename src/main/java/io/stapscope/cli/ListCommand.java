package io.stapscope.cli;

import io.stapscope.compiler.ProbeCatalog;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stapscope list}: probe points that match a pattern, one a line, sorted. */
@Command(
        name = "list",
        sortOptions = false,
        description = "List the probe points that match a pattern, as stap -l does.",
        footer = {"", "Exit status: 0 when something matched, 1 otherwise."})
final class ListCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "-L", description = "Say what each one is.")
    private boolean detailed;

    @Parameters(
            paramLabel = "PATTERN",
            description = "* stands for a part of one component, ** for any number of components.")
    private String pattern = "";

    @Override
    public Integer call() {
        var wanted = pattern(pattern);
        var found = ProbeCatalog.list("").stream()
                .filter(entry -> wanted.matcher(entry.text()).matches())
                .toList();
        for (var entry : found) {
            System.out.println(detailed ? entry.text() + "  " + entry.documentation() : entry.text());
        }
        if (found.isEmpty()) {
            System.err.println("stapscope list: no probe point matches '" + pattern + "'; try: stapscope list '**'");
            return 1;
        }
        return 0;
    }

    private static Pattern pattern(String text) {
        var regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^.]*");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }
}
