package io.stapscope.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A C program of src/test/native, built once, that does exactly what it is told and prints its own truth. */
public final class Driver implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/test/native");
    private static final Path BUILT = Path.of("target/drivers");

    private final Process process;
    private final BufferedReader output;

    private Driver(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Absolute path of the built program. */
    public static synchronized Path program(String name) {
        try {
            var source = SOURCES.resolve(name + ".c");
            var built = BUILT.resolve(name);
            if (!Files.exists(built)
                    || Files.getLastModifiedTime(built).compareTo(Files.getLastModifiedTime(source)) < 0) {
                Files.createDirectories(BUILT);
                var compile = new ProcessBuilder(
                                "cc", "-O2", "-g", "-pthread", "-o", built.toString(), source.toString())
                        .inheritIO()
                        .start();
                assertThat(compile.waitFor()).as("cc " + source).isZero();
            }
            return built.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Driver start(String name, String... arguments) {
        return start(program(name), arguments);
    }

    public static Driver start(Path program, String... arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            return new Driver(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script that says CALLS where the driver of system calls is meant. */
    public static String ofCalls(String script) {
        return script.replace("CALLS", program("calls").toString());
    }

    /** Returns when one thread has made so many calls of getppid. */
    public static void makeCalls(int count) {
        try (var driver = start("calls", String.valueOf(count), "1")) {
            assertThat(driver.awaitEnd()).isZero();
        }
    }

    public int pid() {
        return (int) process.pid();
    }

    public String line() {
        try {
            var line = output.readLine();
            assertThat(line).as("a line of the driver").isNotNull();
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A driver told to hold goes on. */
    public void proceed() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int awaitEnd() {
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("driver ended")
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
