package io.stapscope.cli;

import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** The options of {@code stapscope run}: those of {@code stap} that mean something here. */
final class RunSyntax {
    private static final Map<String, String> REFUSED = Map.of(
            "k", "-k keeps a folder of generated C, and there is none: -p4 -v shows the bytecode",
            "m", "-m names the kernel module, and there is none: leave it out",
            "r", "-r compiles for another kernel: scripts are compiled for the running one",
            "R", "-R names another runtime: there is one, eBPF",
            "I", "-I names a folder of library scripts: paste what you need into the script",
            "F", "-F leaves a script running without a terminal: start it from the page, stapscope up",
            "S", "-S starts new output files by size: pipe the output to a program that does",
            "b", "-b is for kernel modules: all output comes through one ring buffer",
            "d", "-d names a file with symbols: they are found by themselves");

    private RunSyntax() {}

    static Options options() {
        var options = new Options();
        argument(
                options,
                "e",
                "SCRIPT",
                "The text of the script; otherwise the first word is a file, - standard input.");
        argument(options, "c", "CMD", "Start the probes, run CMD, and stop when it ends; target() is its process.");
        argument(options, "x", "PID", "Make target() this process.");
        argument(options, "T", "SEC", "Stop after this many seconds.");
        argument(options, "o", "FILE", "Write the script's output to a file.");
        flag(options, "v", "Say what is attached, and the losses at the end; with -p4 show the bytecode.");
        argument(
                options,
                "p",
                "PASS",
                "Stop after a pass: 1 prints the tree, 2 the variables, functions and probes, 3 the plan, 4 loads the"
                        + " programs into the kernel without attaching them.");
        argument(options, "l", "PATTERN", "List the probe points that match, one a line.");
        argument(options, "L", "PATTERN", "The same, with the variables of each.");
        compilerOptions(options);
        argument(options, "s", "MB", "Size of the buffer between the kernel and us.");
        flag(options, "t", "Say at the end how often each probe was hit, and what it cost.");
        word(options, "suppress-handler-errors", "A soft error ends its handler only, and nothing is said about it.");
        options.addOption(
                Option.builder("V").longOpt("version").desc("Show the version.").get());
        for (var name : REFUSED.keySet()) {
            // Known, so that they are answered with a reason; never in the help.
            options.addOption(Option.builder(name).hasArg().optionalArg(true).get());
        }
        return options;
    }

    /** Options that {@code check} has too. */
    static void compilerOptions(Options options) {
        argument(options, "D", "NAME=VALUE", "Set a limit: " + String.join(", ", LimitOptions.names()) + ".");
        argument(options, "G", "NAME=VALUE", "Set a scalar global.");
        flag(options, "g", "Guru mode: accepted; embedded C stays refused.");
        flag(options, "u", "Leave nothing out, even if it has no effect.");
        flag(options, "w", "No warnings.");
        flag(options, "W", "Warnings are errors.");
        word(options, "unprivileged", "The same as --privilege=stapusr.");
        options.addOption(Option.builder()
                .longOpt("privilege")
                .hasArg()
                .argName("LEVEL")
                .desc("stapusr: only begin, end, error, never, timers, and process probes of one's own processes.")
                .get());
        word(options, "skip-badvars", "A context variable that does not exist is 0.");
        word(options, "no-global-var-display", "Do not print at the end what is written and never read.");
    }

    static boolean isShown(Option option) {
        return option.getDescription() != null;
    }

    /** Why an option is refused, null when none is. */
    static @Nullable String refused(CommandLine line) {
        for (var option : line.getOptions()) {
            var reason = option.getOpt() == null ? null : REFUSED.get(option.getOpt());
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }

    static List<String> footer() {
        return List.of(
                "FILE is the script, unless -e is given; ARG are the script's own arguments ($1 @1 ...).",
                "",
                "Exit status: 0 when the script ran to its end, 1 on any error or when CMD failed.",
                "Ctrl-C ends the script as exit() does; a second one does not wait for its end probes.");
    }

    static void flag(Options options, String name, String description) {
        options.addOption(Option.builder(name).desc(description).get());
    }

    static void argument(Options options, String name, String value, String description) {
        options.addOption(
                Option.builder(name).hasArg().argName(value).desc(description).get());
    }

    private static void word(Options options, String name, String description) {
        options.addOption(Option.builder().longOpt(name).desc(description).get());
    }
}
