package io.stapscope.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One data directory and the programs that work on it: initdb and pg_ctl. */
final class Cluster {
    static final String USER = "stapscope";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** The processes of a killed server let go of its memory only when they notice; until then a start is refused. */
    private static final int START_ATTEMPTS = 40;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

    private final Path binaries;
    private final Path stateDirectory;
    private final Path data;
    private final Identity identity;

    Cluster(Path binaries, Path stateDirectory, Path data, Identity identity) {
        this.binaries = binaries;
        this.stateDirectory = stateDirectory;
        this.data = data;
        this.identity = identity;
    }

    boolean exists() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    /** Makes the cluster beside its place and renames it, so that an interrupted one is never taken for whole. */
    void create(String password, boolean durable) throws IOException {
        Path fresh = stateDirectory.resolve("data.new");
        Folders.delete(fresh);
        Folders.create(fresh, "rwx------");
        identity.give(fresh);
        // initdb reads the password from a file; this one is gone before anybody may connect.
        Path passwordFile = stateDirectory.resolve("initdb-password");
        Secrets.write(passwordFile, password);
        identity.give(passwordFile);
        try {
            var arguments = new ArrayList<>(List.of(program("initdb"), "-D", fresh.toString(), "-U", USER));
            arguments.add("--pwfile=" + passwordFile);
            arguments.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"));
            arguments.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"));
            if (!durable) {
                arguments.add("--no-sync");
            }
            Outcome outcome = run(arguments, START_LIMIT);
            if (outcome.status() != 0) {
                throw new PostgresException("cannot create the database in " + data + ": " + outcome.lastLine());
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts the postmaster in a session of its own, so that Ctrl-C in our terminal does not reach it before us. */
    void start(int port, List<String> settings) throws IOException {
        Path log = data.resolve("server.log");
        var options = new StringBuilder("-p " + port);
        settings.forEach(setting -> options.append(" -c ").append(setting));
        var arguments = List.of(
                program("pg_ctl"),
                "-D",
                data.toString(),
                "-l",
                log.toString(),
                "-o",
                options.toString(),
                "-w",
                "-t",
                Long.toString(START_LIMIT.toSeconds()),
                "start");
        for (int attempt = 1; ; attempt++) {
            keepLastLog(log);
            Outcome outcome = run(arguments, START_LIMIT.plusSeconds(5));
            if (outcome.status() == 0) {
                return;
            }
            String refusal = refusal(log, outcome);
            boolean passing = refusal.contains("shared memory block") || refusal.contains("lock file");
            if (!passing || attempt == START_ATTEMPTS) {
                throw new PostgresException("PostgreSQL does not start in " + data + ": " + refusal);
            }
            forgetDeadPostmaster();
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
    }

    void stop(Duration limit) throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            var arguments = List.of(
                    program("pg_ctl"),
                    "-D",
                    data.toString(),
                    "-m",
                    mode,
                    "-w",
                    "-t",
                    Long.toString(Math.max(1, limit.toSeconds())),
                    "stop");
            Outcome outcome = run(arguments, limit.plusSeconds(5));
            if (outcome.status() == 0 || !Files.exists(data.resolve("postmaster.pid"))) {
                return;
            }
        }
        throw new PostgresException("PostgreSQL in " + data + " does not stop");
    }

    /** As the postmaster wrote it, 0 when there is none. Says nothing about whether it lives. */
    long postmasterPid() throws IOException {
        return line(0);
    }

    /** The port in the postmaster's own file, 0 when there is none. */
    int port() throws IOException {
        return (int) line(3);
    }

    private long line(int number) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(file);
        return number < lines.size() ? Long.parseLong(lines.get(number).trim()) : 0;
    }

    /** A process that got the pid of a killed postmaster would block every start for as long as it lives. */
    private void forgetDeadPostmaster() throws IOException {
        long pid = postmasterPid();
        if (pid == 0) {
            return;
        }
        Path command = Path.of("/proc/" + pid + "/cmdline");
        boolean ours = Files.isReadable(command)
                && Files.readString(command, StandardCharsets.ISO_8859_1).contains(data.toString());
        if (!ours) {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    private void keepLastLog(Path log) throws IOException {
        if (Files.exists(log)) {
            Files.move(log, data.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String refusal(Path log, Outcome outcome) throws IOException {
        if (Files.exists(log)) {
            for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
                int fatal = line.indexOf("FATAL:");
                if (fatal >= 0) {
                    return line.substring(fatal + "FATAL:".length()).trim();
                }
            }
        }
        return outcome.lastLine();
    }

    private String program(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }

    private record Outcome(int status, String output) {
        String lastLine() {
            return output.lines()
                    .filter(line -> !line.isBlank())
                    .reduce((first, second) -> second)
                    .orElse("no message");
        }
    }

    /** Output goes to a file: the server would inherit a pipe and keep it open for ever. */
    private Outcome run(List<String> arguments, Duration limit) throws IOException {
        Path output = Files.createTempFile(
                stateDirectory,
                "command",
                ".out",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            var builder = new ProcessBuilder(identity.command(arguments))
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(output.toFile())
                    .directory(stateDirectory.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
            builder.environment().put("LC_ALL", "C");
            Process process = start(builder);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Outcome(-1, "no end after " + limit.toSeconds() + " s");
            }
            return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted", e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            String needs = identity.lent() ? " (as root setpriv of util-linux is needed)" : "";
            throw new PostgresException("cannot run " + builder.command().getFirst() + needs, e);
        }
    }
}
