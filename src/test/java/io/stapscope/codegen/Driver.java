package io.stapscope.codegen;

import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The C program of known work, built once for all tests of this JVM. */
public final class Driver {
    private static final Path SOURCE = Path.of("src/test/native/driver.c");
    private static final Path PROGRAM = build();

    private Driver() {}

    private static Path build() {
        try {
            var directory = Files.createTempDirectory("stapscope-driver");
            var program = directory.resolve("driver");
            program.toFile().deleteOnExit();
            run(List.of("cc", "-O2", "-pthread", "-o", program.toString(), SOURCE.toString()));
            return program.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path program() {
        return PROGRAM;
    }

    /** All processes of the driver. */
    public static Target.Executable target(Host host) {
        if (host.executable(PROGRAM.toString()) instanceof Host.Lookup.Found(var path, var device, var inode)) {
            return new Target.Executable(path, device, inode);
        }
        throw new IllegalStateException("the driver was built and is not there");
    }

    /** Runs it to its end and gives what it printed. */
    public static String run(String... arguments) {
        var command = new ArrayList<String>();
        command.add(PROGRAM.toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Runs a program to its end and gives what it printed; it is ended after a minute. */
    static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end: " + output);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + process.exitValue() + " " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
