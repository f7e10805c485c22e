package io.stapscope.cli;

import io.stapscope.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/** {@code stapscope login}: another login link of the running service, for whoever may read its state directory. */
final class LoginCommand implements Command {
    @Override
    public String name() {
        return "login";
    }

    @Override
    public String summary() {
        return "Print a new login link of the running service.";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public Options options() {
        return UpCommand.port("Port of the service (default: " + UpCommand.PORT + ").");
    }

    @Override
    public List<String> footer() {
        return List.of("", "Exit status: 0 when there is one, 1 otherwise.");
    }

    @Override
    public int run(CommandLine line) throws UserException {
        int port = UpCommand.port(line);
        var file = EmbeddedPostgres.defaultStateDirectory().resolve("login-token");
        try {
            var token = Files.readString(file, StandardCharsets.US_ASCII).strip();
            System.out.println("http://127.0.0.1:" + port + "/login#" + token);
            return 0;
        } catch (IOException e) {
            throw new UserException("cannot read " + file
                    + "; is the service running, and started by this user? stapscope up starts it");
        }
    }
}
