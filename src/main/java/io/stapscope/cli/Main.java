package io.stapscope.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.jspecify.annotations.Nullable;

/** The one command of the product; see {@code stapscope help}. */
@QuarkusMain
public final class Main {
    private static final List<String> FOOTER = List.of(
            "  help    Show the help of a command.",
            "",
            "First steps:",
            "  stapscope up                      start the service and print a login link",
            "  stapscope run -e 'SCRIPT'         run a script in this terminal, as stap does",
            "  stapscope test                    run the project's whole test suite");

    private Main() {}

    public static void main(String... arguments) {
        System.exit(execute(arguments));
    }

    /** The exit status: 0, or 1 when anything went wrong. */
    static int execute(String... arguments) {
        if (arguments.length == 0) {
            return help(null);
        }
        var word = arguments[0];
        switch (word) {
            case "-h", "--help" -> {
                return help(null);
            }
            case "help" -> {
                return help(arguments.length > 1 ? arguments[1] : null);
            }
            case "-V", "--version" -> {
                return version();
            }
            default -> {
                var command = find(word);
                return command == null
                        ? unknown(word)
                        : execute(command, Arrays.copyOfRange(arguments, 1, arguments.length));
            }
        }
    }

    private static int execute(Command command, String[] words) {
        try {
            var line = parse(command, words);
            if (line.hasOption("h")) {
                System.out.print(HelpText.of(command));
                return 0;
            }
            return command.run(line);
        } catch (UserException e) {
            System.err.println("stapscope " + command.name() + ": " + e.getMessage());
            return 1;
        } catch (IOException | InterruptedException e) {
            System.err.println("stapscope " + command.name() + ": broke off: " + e);
            return 1;
        }
    }

    /** The words of a command, options told from operands. */
    static CommandLine parse(Command command, String... words) throws UserException {
        var options = withHelp(command);
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(options, Words.separated(options, words));
        } catch (ParseException e) {
            var message = String.valueOf(e.getMessage());
            throw new UserException(Character.toLowerCase(message.charAt(0)) + message.substring(1) + "; see stapscope "
                    + command.name() + " --help");
        }
    }

    static Options withHelp(Command command) {
        return command.options()
                .addOption(Option.builder("h")
                        .longOpt("help")
                        .desc("Show this help.")
                        .get());
    }

    private static int help(@Nullable String word) {
        var command = word == null ? null : find(word);
        if (word != null && command == null) {
            return unknown(word);
        }
        System.out.print(command == null ? HelpText.ofAll(commands(), FOOTER) : HelpText.of(command));
        return 0;
    }

    static int version() {
        var version = Main.class.getPackage().getImplementationVersion();
        System.out.println("stapscope " + (version == null ? "development" : version));
        return 0;
    }

    private static int unknown(String word) {
        System.err.println("stapscope: there is no command '" + word + "'; see stapscope help");
        return 1;
    }

    private static @Nullable Command find(String name) {
        // A command is made only when it is asked for: the others' classes need not be loaded.
        return switch (name) {
            case "up" -> new UpCommand();
            case "run" -> new RunCommand();
            case "check" -> new CheckCommand();
            case "list" -> new ListCommand();
            case "tools" -> new ToolsCommand();
            case "page" -> new PageCommand();
            case "doctor" -> new DoctorCommand();
            case "login" -> new LoginCommand();
            case "train" -> new TrainCommand();
            default -> null;
        };
    }

    private static List<Command> commands() {
        return List.of(
                new UpCommand(),
                new RunCommand(),
                new CheckCommand(),
                new ListCommand(),
                new ToolsCommand(),
                new PageCommand(),
                new DoctorCommand(),
                new LoginCommand());
    }
}
