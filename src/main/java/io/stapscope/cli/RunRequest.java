package io.stapscope.cli;

import io.stapscope.compiler.Switches;
import io.stapscope.compiler.Switches.Privilege;
import io.stapscope.compiler.ir.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.jspecify.annotations.Nullable;

/**
 * What a call of {@code stapscope run} asks for.
 *
 * @param text the script of -e, null when the first word names a file
 * @param words what is no option: the file unless there is a text, then the script's arguments
 * @param listing the pattern of -l or -L, null for neither
 * @param variables whether the listing tells the variables (-L)
 * @param pass the last pass to run: 1 parse, 2 analyse, 3 plan, 4 load into the kernel, 5 run
 * @param seconds the time limit, 0 for none
 * @param warnings false with -w
 * @param warningsAreErrors -W
 * @param timing -t: hits and cost of each probe are printed at the end
 */
record RunRequest(
        @Nullable String text,
        List<String> words,
        @Nullable String listing,
        boolean variables,
        int pass,
        @Nullable String command,
        int targetPid,
        int seconds,
        @Nullable String output,
        boolean warnings,
        boolean warningsAreErrors,
        int verbosity,
        boolean suppressErrors,
        boolean timing,
        Limits limits,
        Switches switches) {
    RunRequest {
        words = List.copyOf(words);
    }

    /** Whether the script is read from the standard input. */
    boolean scriptIsInput() {
        return text == null && !words.isEmpty() && words.getFirst().equals("-");
    }

    static RunRequest of(CommandLine line) throws UserException {
        var refused = RunSyntax.refused(line);
        if (refused != null) {
            throw new UserException(refused);
        }
        if (line.hasOption("c") && line.hasOption("x")) {
            throw new UserException("-c and -x both name the target process: give one of them");
        }
        if (line.hasOption("l") && line.hasOption("L")) {
            throw new UserException("-l and -L both list probe points: give one of them");
        }
        boolean suppressErrors = line.hasOption("suppress-handler-errors");
        var limits = LimitOptions.limits(pairs(line, "D"), number(line, "s", LimitOptions.DEFAULT_MEGABYTES, 1, 1024));
        if (!line.hasOption("w")) {
            LimitOptions.warnings(pairs(line, "D")).forEach(System.err::println);
        }
        var listing = line.getOptionValue("l", line.getOptionValue("L"));
        return new RunRequest(
                line.getOptionValue("e"),
                line.getArgList(),
                listing,
                line.hasOption("L"),
                number(line, "p", 5, 1, 5),
                line.getOptionValue("c"),
                number(line, "x", 0, 1, Integer.MAX_VALUE),
                number(line, "T", 0, 1, Integer.MAX_VALUE),
                line.getOptionValue("o"),
                !line.hasOption("w"),
                line.hasOption("W"),
                count(line, "v"),
                suppressErrors,
                line.hasOption("t"),
                suppressErrors ? LimitOptions.tolerant(limits) : limits,
                switches(line));
    }

    static Switches switches(CommandLine line) throws UserException {
        return new Switches(
                line.hasOption("g"),
                !line.hasOption("u"),
                !line.hasOption("no-global-var-display"),
                line.hasOption("skip-badvars"),
                privilege(line),
                user(),
                pairs(line, "G"));
    }

    private static int user() throws UserException {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UserException("cannot find out who runs this: " + e.getMessage());
        }
    }

    private static Privilege privilege(CommandLine line) throws UserException {
        if (line.hasOption("unprivileged")) {
            return Privilege.STAPUSR;
        }
        var word = line.getOptionValue("privilege", "stapdev");
        for (var privilege : Privilege.values()) {
            if (privilege.word().equals(word)) {
                return privilege;
            }
        }
        throw new UserException("--privilege=" + word + ": there are stapusr, stapsys and stapdev");
    }

    /** How often an option was given. */
    private static int count(CommandLine line, String name) {
        int times = 0;
        for (var option : line.getOptions()) {
            if (name.equals(option.getOpt())) {
                times++;
            }
        }
        return times;
    }

    static int number(CommandLine line, String name, int absent, int least, int most) throws UserException {
        var text = line.getOptionValue(name);
        return text == null ? absent : Numbers.within("-" + name, text, least, most);
    }

    /** NAME=VALUE of an option that may be given several times; the last one of a name counts. */
    private static Map<String, String> pairs(CommandLine line, String name) throws UserException {
        var pairs = new HashMap<String, String>();
        var values = line.getOptionValues(name);
        for (var value : values == null ? new ArrayList<String>() : List.of(values)) {
            int sign = value.indexOf('=');
            if (sign < 0 && name.equals("D") && LimitOptions.isWithoutMeaning(value)) {
                // A macro of C without a value.
                pairs.put(value, "1");
                continue;
            }
            if (sign <= 0) {
                throw new UserException("-" + name + " " + value + ": write NAME=VALUE");
            }
            pairs.put(value.substring(0, sign), value.substring(sign + 1));
        }
        return pairs;
    }
}
