package io.stapscope.cli;

import io.stapscope.gallery.Gallery;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code stapscope tools}: the scripts that come with the product. */
final class ToolsCommand implements Command {
    @Override
    public String name() {
        return "tools";
    }

    @Override
    public String summary() {
        return "List the tools that come along; stapscope run NAME runs one.";
    }

    @Override
    public String operands() {
        return "[NAME]";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public List<String> footer() {
        return List.of("With NAME the script itself is printed, to be changed and run as a file.");
    }

    @Override
    public int run(CommandLine line) throws UserException {
        if (line.getArgList().size() > 1) {
            throw new UserException("at most one NAME can be given");
        }
        if (!line.getArgList().isEmpty()) {
            var tool = Gallery.named(line.getArgList().getFirst());
            if (tool == null) {
                throw new UserException("there is no tool '" + line.getArgList().getFirst() + "'; see stapscope tools");
            }
            System.out.print(tool.script());
            return 0;
        }
        var category = "";
        for (var tool : Gallery.tools()) {
            if (!tool.category().equals(category)) {
                category = tool.category();
                System.out.println(category);
            }
            System.out.printf("  %-20s %s%n", tool.name(), tool.english().purpose());
        }
        return 0;
    }
}
