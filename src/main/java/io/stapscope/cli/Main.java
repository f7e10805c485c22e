package io.stapscope.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The one command of the product; see {@code stapscope help}. */
@QuarkusMain
@Command(
        name = "stapscope",
        description = "SystemTap probe scripts on today's kernels, from a browser or the command line.",
        versionProvider = Version.class,
        subcommands = {
            UpCommand.class,
            RunCommand.class,
            CheckCommand.class,
            ListCommand.class,
            DoctorCommand.class,
            LoginCommand.class,
            TrainCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "First steps:",
            "  stapscope up                      start the service and print a login link",
            "  stapscope run -e 'SCRIPT'         run a script in this terminal, as stap does",
            "  stapscope test                    run the project's whole test suite"
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    private Main() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    public static void main(String... args) {
        int status = new CommandLine(new Main()).execute(args);
        System.exit(status);
    }
}
