package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged command line, run as a user runs it. */
final class PackagedCommand implements AutoCloseable {
    private static final Path HOME = Path.of("target/quarkus-app").toAbsolutePath();

    private final Process process;
    private final CompletableFuture<String> output;
    private final CompletableFuture<String> errors;

    private PackagedCommand(Process process) {
        this.process = process;
        this.output = reading(process.getInputStream());
        this.errors = reading(process.getErrorStream());
    }

    /** What a command left behind. */
    record Ended(int status, String output, String errors) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    static PackagedCommand start(Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx768m"));
        boolean isService = arguments[0].equals("up");
        var cache = Path.of("target", isService ? "service.aot" : "command.aot");
        if (Files.exists(cache)) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error:stderr"));
        }
        command.addAll(isService ? service() : commandLine(arguments[0].equals("page")));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            return new PackagedCommand(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> service() {
        return List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                HOME.resolve("quarkus-run.jar").toString());
    }

    /** As the launcher does: without the libraries of the service, with the front end only where it is needed. */
    private static List<String> commandLine(boolean frontEnd) {
        var jars = Stream.of("app/stapscope-", "lib/main/commons-cli.commons-cli-", "lib/main/net.java.dev.jna.jna-")
                .map(PackagedCommand::jar)
                .collect(Collectors.joining(":"));
        var more = frontEnd ? ":" + HOME.resolve("quarkus/generated-bytecode.jar") : "";
        return List.of("-cp", jars + more, "io.stapscope.cli.Main");
    }

    private static String jar(String prefix) {
        var start = HOME.resolve(prefix);
        try (var files = Files.list(start.getParent())) {
            return files.map(Path::toString)
                    .filter(file -> file.startsWith(start.toString()) && file.endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ended run(String... arguments) {
        try (var command = start(Map.of(), arguments)) {
            return command.awaitEnd(60);
        }
    }

    int pid() {
        return (int) process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Ended awaitEnd(int seconds) {
        try {
            assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                    .as("ended within " + seconds + " s")
                    .isTrue();
            return new Ended(process.exitValue(), output.join(), errors.join());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Ctrl-C. */
    void interrupt() {
        try {
            assertThat(new ProcessBuilder("/bin/kill", "-INT", String.valueOf(pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<String> reading(java.io.InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(e);
            }
        });
        return text;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
