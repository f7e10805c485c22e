package io.stapscope.cli;

import io.stapscope.compiler.ProbeCatalog;
import io.stapscope.kernel.inspect.LiveHost;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code stapscope list}: probe points that match a pattern, one a line, sorted. */
final class ListCommand implements Command {
    @Override
    public String name() {
        return "list";
    }

    @Override
    public String summary() {
        return "List the probe points that match a pattern, as stap -l does.";
    }

    @Override
    public String operands() {
        return "PATTERN";
    }

    @Override
    public Options options() {
        return new Options()
                .addOption(Option.builder("L").desc("Say what each one is.").get());
    }

    @Override
    public List<String> footer() {
        return List.of(
                "In PATTERN * stands for a part of one component, ** for any number of components.",
                "",
                "Exit status: 0 when something matched, 1 otherwise.");
    }

    @Override
    public int run(CommandLine line) throws UserException {
        var words = line.getArgList();
        if (words.size() != 1) {
            throw new UserException("one PATTERN is needed, such as 'process.**'");
        }
        var pattern = words.getFirst();
        boolean detailed = line.hasOption("L");
        var found = ProbeCatalog.list(pattern, LiveHost.ofThisProcess());
        for (var entry : found) {
            System.out.println(detailed ? entry.text() + "  " + entry.documentation() : entry.text());
        }
        if (found.isEmpty()) {
            throw new UserException("no probe point matches '" + pattern + "'; try: stapscope list '**'");
        }
        return 0;
    }
}
