package io.stapscope.cli;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;

/**
 * {@code stapscope train}: starts everything once, uses it, and ends, so that the JVM can record what starting needs.
 * Only the launcher calls it, with a state directory of its own.
 */
final class TrainCommand implements Command {
    private static boolean training;

    @Override
    public String name() {
        return "train";
    }

    @Override
    public String summary() {
        return "Record what starting needs; used by the launcher after a build.";
    }

    @Override
    public String operands() {
        return "command|service";
    }

    @Override
    public Options options() {
        return new Options();
    }

    @Override
    public List<String> footer() {
        return List.of();
    }

    static boolean isTraining() {
        return training;
    }

    @Override
    public int run(CommandLine line) throws IOException {
        if (line.getArgList().equals(List.of("command"))) {
            return runCommands();
        }
        training = true;
        try (var free = new ServerSocket(0)) {
            System.setProperty("quarkus.http.port", String.valueOf(free.getLocalPort()));
        }
        return UpCommand.serve();
    }

    private static int runCommands() {
        int ignored = Main.execute("check", "-p4", "-e", "probe timer.s(1) { println(pp()) }");
        ignored = Main.execute(
                "run",
                "-T",
                "1",
                "-e",
                "global n probe process.syscall.return { n[pid(), $syscall] <<< gettimeofday_ns() - "
                        + "@entry(gettimeofday_ns()) } probe process.syscall { if ($syscall == 39) printf(\"%d %s\\n\", "
                        + "$arg1, execname()) else if ($syscall == 202) println(pp()) } "
                        + "probe end { println(@count(n[1, 0])) }");
        return 0;
    }

    /** Asks for what a first visit asks for. */
    static void exercise(String address, String token) throws IOException, InterruptedException {
        var client = HttpClient.newHttpClient();
        var login = client.send(
                json(address, "/api/v1/login", "{\"token\":\"" + token + "\"}").build(),
                HttpResponse.BodyHandlers.discarding());
        var cookie = login.headers().firstValue("set-cookie").orElse("").split(";", 2)[0];
        for (var path : List.of(
                "/", "/api/v1/session", "/api/v1/runs", "/api/v1/captures", "/api/v1/doctor", "/api/v1/syscalls")) {
            var ignored = client.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .header("Cookie", cookie)
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        var script = "{\"script\":\"global n probe process.syscall { n[pid()] <<< $syscall }\",\"durationSeconds\":1}";
        for (var path : List.of("/api/v1/check", "/api/v1/runs")) {
            var ignored = client.send(
                    json(address, path, script).header("Cookie", cookie).build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    private static HttpRequest.Builder json(String address, String path, String body) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .header("X-Requested-By", "stapscope")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }
}
