package io.stapscope.codegen;

import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.host.Host;
import io.stapscope.kernel.inspect.LiveHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A C program of functions with known first instructions, and probe points in it. */
public final class Functions {
    private static final Path SOURCE = Path.of("src/test/native/functions.c");

    public final Path program;
    private final Map<String, Long> addresses = new HashMap<>();
    private final Host.Lookup.Found found;

    private Functions(Path program) {
        this.program = program;
        if (!(LiveHost.ofThisProcess().executable(program.toString()) instanceof Host.Lookup.Found file)) {
            throw new IllegalStateException(program + " was built and is not there");
        }
        found = file;
        for (var line : Driver.run(List.of("nm", "--defined-only", program.toString()))
                .lines()
                .toList()) {
            var parts = line.split(" ");
            addresses.put(parts[2], Long.parseLong(parts[0], 16));
        }
    }

    public static Functions build() {
        try {
            var directory = Files.createTempDirectory("stapscope-functions");
            var program = directory.resolve("functions");
            program.toFile().deleteOnExit();
            directory.toFile().deleteOnExit();
            Driver.run(List.of("cc", "-O2", "-pthread", "-o", program.toString(), SOURCE.toString()));
            return new Functions(program.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that was built before. */
    public static Functions of(Path program) {
        return new Functions(program);
    }

    public long address(String function) {
        return addresses.get(function);
    }

    /** In a position-independent program of the usual linkers addresses are offsets. */
    public CodeSite site(String function, int moved) {
        long address = address(function);
        return new CodeSite(
                "process(\"functions\").function(\"" + function + "\")",
                function,
                address,
                address + moved,
                address + moved,
                0);
    }

    public ProbePoint.Code point(boolean atReturn, Target target, CodeSite... sites) {
        return new ProbePoint.Code(
                sites[0].text(), found.path(), found.device(), found.inode(), target, atReturn, List.of(sites));
    }

    public ProbePoint.Code entry(String... functions) {
        return point(false, new Target.Everyone(), sites(functions));
    }

    public ProbePoint.Code returns(String... functions) {
        return point(true, new Target.Everyone(), sites(functions));
    }

    private CodeSite[] sites(String... functions) {
        var sites = new ArrayList<CodeSite>();
        for (var function : functions) {
            sites.add(site(function, 0));
        }
        return sites.toArray(CodeSite[]::new);
    }

    public String run(String... arguments) {
        var command = new ArrayList<String>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return Driver.run(command);
    }
}
