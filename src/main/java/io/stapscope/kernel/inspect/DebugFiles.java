package io.stapscope.kernel.inspect;

import io.stapscope.debuginfo.elf.DebugLink;
import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfFormatException;
import io.stapscope.debuginfo.elf.ElfSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Finds the file with the debug information of a program: the program itself, a file of its build id, a file that it links to,
 * then servers if any are named. A file is taken only when its build id or its checksum is the right one.
 */
public final class DebugFiles {
    /** Where packages of debug information are installed. */
    public static final Path INSTALLED = Path.of("/usr/lib/debug");

    private final Path installed;
    private final Path cache;
    private final DebugServers servers;
    private final String advice;

    /** What there is. */
    public sealed interface Lookup {
        /** @param path of the file; that of the program when nothing was split off */
        record Found(Path path) implements Lookup {}

        /** @param reason a clause of what was looked for and what to install */
        record Missing(String reason) implements Lookup {}
    }

    /**
     * @param installed where packages of debug information are installed
     * @param cache where other programs keep what they got from servers
     * @param advice a clause of what to install
     */
    DebugFiles(Path installed, Path cache, DebugServers servers, String advice) {
        this.installed = installed;
        this.cache = cache;
        this.servers = servers;
        this.advice = advice;
    }

    /** As the environment of this process tells it. @param environment as of {@link System#getenv()} */
    public static DebugFiles of(Map<String, String> environment) {
        var home = environment.getOrDefault("XDG_CACHE_HOME", "");
        var cache = home.startsWith("/")
                ? Path.of(home)
                : Path.of(environment.getOrDefault("HOME", "/var")).resolve(".cache");
        return new DebugFiles(
                INSTALLED,
                cache.resolve("debuginfod_client"),
                DebugServers.of(environment, cache.resolve("stapscope/debuginfo")),
                DebugPackages.advice(Path.of("/etc/os-release")));
    }

    /**
     * Where the debug information of a program is.
     *
     * @param program canonical path
     * @param file what is in it
     */
    public Lookup find(Path program, ElfFile file) {
        if (hasDebugInformation(file)) {
            return new Lookup.Found(program);
        }
        var tried = new ArrayList<String>();
        try {
            var buildId = file.buildId();
            return byBuildId(buildId, tried)
                    .or(() -> byLink(program, file, tried))
                    .or(() -> fromServers(buildId, tried))
                    .<Lookup>map(Lookup.Found::new)
                    .orElseGet(() -> missing(tried));
        } catch (ElfFormatException e) {
            return new Lookup.Missing("no debug information: " + program + " " + e.getMessage());
        }
    }

    /**
     * The file that a file of debug information shares with others; nothing when it shares none.
     *
     * @param path of the file that has the link
     */
    public Optional<Lookup> shared(Path path, ElfFile file) {
        Optional<DebugLink.Shared> shared;
        try {
            shared = file.sharedLink();
        } catch (ElfFormatException e) {
            return Optional.of(new Lookup.Missing("no debug information: " + path + " " + e.getMessage()));
        }
        return shared.map(link -> {
            var tried = new ArrayList<String>();
            return beside(path, link.path())
                    .flatMap(place -> withBuildId(place, link.buildId(), tried))
                    .or(() -> byBuildId(link.buildId(), tried))
                    .or(() -> fromServers(link.buildId(), tried))
                    .<Lookup>map(Lookup.Found::new)
                    .orElseGet(() -> missing(tried));
        });
    }

    private static boolean hasDebugInformation(ElfFile file) {
        return file.section(".debug_info").filter(ElfSection::isHere).isPresent()
                || file.section(".zdebug_info").filter(ElfSection::isHere).isPresent();
    }

    private Optional<Path> byBuildId(String buildId, List<String> tried) {
        if (buildId.length() < 4) {
            return Optional.empty();
        }
        var name = buildId.substring(0, 2) + "/" + buildId.substring(2) + ".debug";
        return withBuildId(installed.resolve(".build-id").resolve(name), buildId, tried)
                .or(() -> Optional.of(cache.resolve(buildId).resolve("debuginfo"))
                        .filter(Files::isRegularFile)
                        .flatMap(path -> withBuildId(path, buildId, tried)));
    }

    private Optional<Path> byLink(Path program, ElfFile file, List<String> tried) {
        var link = file.debugLink();
        var directory = program.getParent();
        if (link.isEmpty() || directory == null) {
            return Optional.empty();
        }
        var name = link.get().name();
        var inside = installed.resolve(Path.of("/").relativize(directory.toAbsolutePath()));
        for (var folder : List.of(directory, directory.resolve(".debug"), inside)) {
            var found = beside(folder.resolve("x"), name)
                    .filter(path -> !path.equals(program))
                    .flatMap(path -> withChecksum(path, link.get().crc(), tried));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Path> fromServers(String buildId, List<String> tried) {
        return switch (servers.fetch(buildId)) {
            case Lookup.Found(var path) -> withBuildId(path, buildId, tried);
            case Lookup.Missing(var reason) -> {
                if (!reason.isEmpty()) {
                    tried.add(reason);
                }
                yield Optional.empty();
            }
        };
    }

    /** A name as a file writes it, which may be any bytes. */
    private static Optional<Path> beside(Path path, String name) {
        try {
            return Optional.of(path.resolveSibling(name).normalize());
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static Optional<Path> withBuildId(Path path, String buildId, List<String> tried) {
        if (!Files.isRegularFile(path)) {
            tried.add(path.toString());
            return Optional.empty();
        }
        try {
            var found = ElfFile.read(FileBytes.of(path)).buildId();
            if (found.equals(buildId)) {
                return Optional.of(path);
            }
            tried.add(path + " (of another build)");
        } catch (ElfFormatException e) {
            tried.add(path + " (which " + e.getMessage() + ")");
        } catch (IOException _) {
            tried.add(path + " (unreadable)");
        }
        return Optional.empty();
    }

    private static Optional<Path> withChecksum(Path path, int expected, List<String> tried) {
        if (!Files.isRegularFile(path)) {
            tried.add(path.toString());
            return Optional.empty();
        }
        try {
            var checksum = new CRC32();
            checksum.update(FileBytes.of(path));
            if ((int) checksum.getValue() == expected) {
                return Optional.of(path);
            }
            tried.add(path + " (of another build)");
        } catch (IOException _) {
            tried.add(path + " (unreadable)");
        }
        return Optional.empty();
    }

    private Lookup missing(List<String> tried) {
        var places =
                tried.isEmpty() ? "it has neither a build id nor a link to any" : "not at " + String.join(", ", tried);
        return new Lookup.Missing("no debug information: " + places + "; " + advice);
    }
}
