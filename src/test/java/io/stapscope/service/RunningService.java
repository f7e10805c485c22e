package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged product, started as a user starts it, with a state directory and a port of its own. */
public final class RunningService implements AutoCloseable {
    private static final Path APPLICATION = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Path CACHE = Path.of("target/service.aot");

    private final Process process;
    private final int port;
    private final String loginLink;
    private final HttpClient client = HttpClient.newHttpClient();
    private String cookie = "";

    private RunningService(Process process, int port, String loginLink) {
        this.process = process;
        this.port = port;
        this.loginLink = loginLink;
    }

    /** A new state directory that an unprivileged database server can reach too; it goes when the tests have ended. */
    public static Path newStateDirectory() {
        try {
            var directory = Files.createTempDirectory(
                    Path.of("/var/tmp"),
                    "stapscope-test",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("cannot remove " + directory + ": " + e);
        }
    }

    public static RunningService start(Path state) {
        return start(state, Map.of());
    }

    /** Returns when the login link was printed. */
    public static RunningService start(Path state, Map<String, String> environment) {
        try {
            int port = freePort();
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:+UseSerialGC",
                    "-Xmx768m",
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
            if (Files.exists(CACHE)) {
                command.addAll(List.of("-XX:AOTCache=" + CACHE, "-Xlog:disable", "-Xlog:all=error:stderr"));
            }
            command.addAll(List.of("-jar", APPLICATION.toString(), "up", "--port", String.valueOf(port)));
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("STAPSCOPE_STATE", state.toString());
            builder.environment().putAll(environment);
            var process = builder.start();
            return new RunningService(process, port, awaitLink(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String awaitLink(Process process) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var seen = new StringBuilder();
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            seen.append(line).append('\n');
            if (line.contains("/login#")) {
                var link = line.strip();
                // Nobody reads the rest, which must not fill the pipe.
                Thread.ofVirtual().start(() -> reader.lines().forEach(rest -> {}));
                return link;
            }
        }
        throw new AssertionError("the service ended without a login link:\n" + seen);
    }

    /** Below those that the kernel gives to connections, any of which could take it before the service does. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (var socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Another one.
            }
        }
    }

    public int pid() {
        return (int) process.pid();
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** The printed link; works once. */
    public String loginLink() {
        return loginLink;
    }

    /** Logs this client in with the printed token. */
    public RunningService login() {
        var token = loginLink.substring(loginLink.indexOf('#') + 1);
        var answer = send(
                "POST", "/api/v1/login", new JsonObject().put("token", token).encode());
        assertThat(answer.statusCode()).as("login").isEqualTo(204);
        cookie = answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
        return this;
    }

    public String cookie() {
        return cookie;
    }

    public HttpResponse<String> send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("X-Requested-By", "stapscope")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public JsonObject get(String path) {
        var answer = send("GET", path, "");
        assertThat(answer.statusCode()).as("GET " + path + ": " + answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    /** Starts a run and gives its id. */
    public String run(JsonObject request) {
        var answer = send("POST", "/api/v1/runs", request.encode());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("id");
    }

    /** Stops a run and waits until its capture is complete in the store. */
    public JsonObject stopAndFind(String id) {
        assertThat(send("DELETE", "/api/v1/runs/" + id, "").statusCode()).isEqualTo(202);
        return awaitAndFind(id);
    }

    /** Waits until a run has ended, and gives its capture. */
    public JsonObject awaitAndFind(String id) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        var run = get("/api/v1/runs/" + id);
        while (!run.getString("state").equals("stopped")) {
            assertThat(run.getString("state")).isNotEqualTo("failed");
            assertThat(System.nanoTime()).as("time to stop " + run.encode()).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
            run = get("/api/v1/runs/" + id);
        }
        var capture = get("/api/v1/captures/" + id);
        assertThat(capture.getString("state")).isEqualTo("stopped");
        return capture;
    }

    /** As a crash or the kernel's out-of-memory killer would end it. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As Ctrl-C ends it. */
    public int interrupt() {
        try {
            new ProcessBuilder("/bin/kill", "-INT", String.valueOf(pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return awaitEnd();
    }

    private int awaitEnd() {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("service ended")
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            interrupt();
        }
    }
}
