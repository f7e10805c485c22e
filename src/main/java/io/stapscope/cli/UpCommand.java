package io.stapscope.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;

/** {@code stapscope up}: the service, with the PostgreSQL it needs. */
final class UpCommand implements Command {
    static final int PORT = 8080;

    @Override
    public String name() {
        return "up";
    }

    @Override
    public String summary() {
        return "Start the service and print a login link. Ctrl-C stops everything it started.";
    }

    @Override
    public String operands() {
        return "";
    }

    @Override
    public Options options() {
        return port("Listen on this port of 127.0.0.1 (default: " + PORT + ").");
    }

    @Override
    public List<String> footer() {
        return List.of(
                "",
                "Without a configured database it starts its own PostgreSQL in the state directory. To use another one:",
                "  STAPSCOPE_DATABASE_URL=postgresql://HOST:PORT/NAME",
                "  STAPSCOPE_DATABASE_USER=... STAPSCOPE_DATABASE_PASSWORD=...",
                "or one of this machine by its socket, as the user who runs the service (peer authentication):",
                "  STAPSCOPE_DATABASE_URL='postgresql:///NAME?host=/var/run/postgresql'",
                "The state directory is /var/lib/stapscope for root, else $XDG_DATA_HOME/stapscope; STAPSCOPE_STATE moves it.");
    }

    @Override
    public int run(CommandLine line) throws UserException {
        int port = port(line);
        var taken = portProblem(port);
        if (taken != null) {
            throw new UserException(taken);
        }
        System.setProperty("quarkus.http.port", String.valueOf(port));
        return serve();
    }

    static Options port(String description) {
        return new Options()
                .addOption(Option.builder()
                        .longOpt("port")
                        .hasArg()
                        .argName("PORT")
                        .desc(description)
                        .get());
    }

    static int port(CommandLine line) throws UserException {
        return Numbers.within("--port", line.getOptionValue("port", String.valueOf(PORT)), 1, 65_535);
    }

    /** Starts the database, then the service; returns when it was stopped. */
    static int serve() {
        try {
            ServiceDatabase.open(text -> System.err.println("stapscope: " + text));
        } catch (RuntimeException e) {
            System.err.println("stapscope up: " + e.getMessage());
            return 1;
        }
        var status = new int[1];
        Quarkus.run(Service.class, (code, problem) -> {
            status[0] = code;
            if (problem != null) {
                System.err.println("stapscope up: " + rootMessage(problem));
            }
        });
        ServiceDatabase.close();
        return status[0];
    }

    private static String rootMessage(Throwable problem) {
        var root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private static @Nullable String portProblem(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return null;
        } catch (IOException e) {
            return "port " + port
                    + " of 127.0.0.1 is taken (is Stapscope running already?); choose another one: --port "
                    + (port + 1);
        }
    }
}
