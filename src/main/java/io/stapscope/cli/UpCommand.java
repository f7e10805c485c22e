package io.stapscope.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code stapscope up}: the service, with the PostgreSQL it needs. */
@Command(
        name = "up",
        sortOptions = false,
        description = "Start the service and print a login link. Ctrl-C stops everything it started.",
        footer = {
            "",
            "Without a configured database it starts its own PostgreSQL in the state directory. To use another one:",
            "  STAPSCOPE_DATABASE_URL=postgresql://HOST:PORT/NAME",
            "  STAPSCOPE_DATABASE_USER=... STAPSCOPE_DATABASE_PASSWORD=...",
            "The state directory is /var/lib/stapscope for root, else $XDG_DATA_HOME/stapscope; STAPSCOPE_STATE moves it."
        })
final class UpCommand implements Callable<Integer> {
    static final int PORT = 8080;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Listen on this port of 127.0.0.1 (default: ${DEFAULT-VALUE}).")
    private int port = PORT;

    @Override
    public Integer call() {
        var taken = portProblem();
        if (taken != null) {
            System.err.println("stapscope up: " + taken);
            return 1;
        }
        System.setProperty("quarkus.http.port", String.valueOf(port));
        return serve();
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

    private @Nullable String portProblem() {
        if (port < 1 || port > 65_535) {
            return "--port " + port + ": ports are 1 to 65535";
        }
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return null;
        } catch (IOException e) {
            return "port " + port
                    + " of 127.0.0.1 is taken (is Stapscope running already?); choose another one: --port "
                    + (port + 1);
        }
    }
}
