package io.stapscope.cli;

import io.stapscope.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stapscope login}: another login link of the running service, for whoever may read its state directory. */
@Command(
        name = "login",
        sortOptions = false,
        description = "Print a new login link of the running service.",
        footer = {"", "Exit status: 0 when there is one, 1 otherwise."})
final class LoginCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--port", paramLabel = "PORT", description = "Port of the service (default: ${DEFAULT-VALUE}).")
    private int port = UpCommand.PORT;

    @Override
    public Integer call() {
        var file = EmbeddedPostgres.defaultStateDirectory().resolve("login-token");
        try {
            var token = Files.readString(file, StandardCharsets.US_ASCII).strip();
            System.out.println("http://127.0.0.1:" + port + "/login#" + token);
            return 0;
        } catch (IOException e) {
            System.err.println("stapscope login: cannot read " + file
                    + "; is the service running, and started by this user? stapscope up starts it");
            return 1;
        }
    }
}
