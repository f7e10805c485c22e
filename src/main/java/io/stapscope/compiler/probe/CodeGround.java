package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.CodeSite;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.Host;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program or library that a written point looks into.
 *
 * @param head begins the texts of its points: {@code process("/bin/x")}
 * @param target whose hits count
 */
record CodeGround(String head, Program program, Target target) {
    /** Programs that one pattern may stand for. */
    private static final int MOST_PROGRAMS = 64;

    /** Those that a point means, or why there is none. */
    sealed interface Outcome {
        /** @param next part of the point behind them */
        record Found(List<CodeGround> grounds, int next) implements Outcome {}

        record Failed(Resolution reason) implements Outcome {}
    }

    static Outcome of(WrittenPoint point, Host host) {
        var programs =
                switch (point.argument(0)) {
                    case null ->
                        failed(point.wrongArgument(
                                0,
                                "`process` needs a program to look into",
                                "write process(\"PATH\")." + point.wordsFrom(1) + "(...)"));
                    case ExpressionNode.NumberLiteral pid -> byPid(point, pid, host);
                    case ExpressionNode.StringLiteral path -> byPath(point, path, host);
                    case ExpressionNode _ ->
                        failed(point.wrongArgument(
                                0, "`process` takes the path of a program or a process id", "write process(\"ls\")"));
                };
        return programs instanceof Outcome.Found(var grounds, var next)
                        && point.parts().size() > next
                        && point.word(next).equals("library")
                ? libraries(point, next, grounds, host)
                : programs;
    }

    private static Outcome failed(Resolution reason) {
        return new Outcome.Failed(reason);
    }

    private static Outcome byPid(WrittenPoint point, ExpressionNode.NumberLiteral pid, Host host) {
        boolean possible = pid.value() > 0 && pid.value() <= Integer.MAX_VALUE;
        if (!possible || !host.processExists((int) pid.value())) {
            return failed(new Resolution.Missing(Diagnostic.of(
                    DiagnosticCode.NO_SUCH_PROCESS,
                    pid.span(),
                    "there is no process " + pid.value(),
                    "not running",
                    "name a process that runs, or its program: process(\"PATH\")." + point.wordsFrom(1))));
        }
        var path = host.executableOf((int) pid.value());
        return path.isEmpty()
                ? failed(new Resolution.Missing(Diagnostic.of(
                        DiagnosticCode.NO_SUCH_PROCESS,
                        pid.span(),
                        "the program of process " + pid.value() + " cannot be seen",
                        "hidden",
                        "name the program: process(\"PATH\")." + point.wordsFrom(1))))
                : read("process(" + pid.value() + ")", path.get(), new Target.Pid((int) pid.value()), pid, host);
    }

    private static Outcome byPath(WrittenPoint point, ExpressionNode.StringLiteral path, Host host) {
        if (!CodeSpec.isPattern(path.text())) {
            return switch (host.executable(path.text())) {
                case Host.Lookup.Found(var file, var _, var _) ->
                    read("process(\"" + file + "\")", file, new Target.Everyone(), path, host);
                case Host.Lookup.Missing missing -> {
                    // Libraries are seldom marked as executable.
                    var library = path.text().startsWith("/")
                            ? read("", path.text(), new Target.Everyone(), path, host)
                            : failed(ProcessProbes.missing(path, missing));
                    yield library instanceof Outcome.Found(var found, var next)
                            ? new Outcome.Found(
                                    List.of(found.getFirst()
                                            .named("process(\""
                                                    + found.getFirst().program.path() + "\")")),
                                    next)
                            : failed(ProcessProbes.missing(path, missing));
                }
            };
        }
        var found = new ArrayList<CodeGround>();
        Outcome last = failed(ProcessProbes.noMatch(path));
        var files = host.executables(path.text());
        if (files.size() > MOST_PROGRAMS) {
            return failed(ProcessProbes.tooMany(path, files.size()));
        }
        for (var file : files) {
            last = read("process(\"" + file + "\")", file, new Target.Everyone(), path, host);
            if (last instanceof Outcome.Found(var grounds, var _)) {
                found.addAll(grounds);
            }
        }
        return found.isEmpty() ? last : new Outcome.Found(found, 1);
    }

    private CodeGround named(String other) {
        return new CodeGround(other, program, target);
    }

    private static Outcome read(String head, String path, Target target, ExpressionNode where, Host host) {
        return switch (host.program(path)) {
            case Host.ProgramLookup.Read(var program) ->
                new Outcome.Found(List.of(new CodeGround(head, program, target)), 1);
            case Host.ProgramLookup.Unreadable(var reason) ->
                failed(new Resolution.Missing(Diagnostic.of(
                        DiagnosticCode.PROBE_NOT_SUPPORTED,
                        where.span(),
                        path + " " + reason,
                        "not readable",
                        "name an ELF program or library; its system calls can be probed anyway: .syscall")));
        };
    }

    private static Outcome libraries(WrittenPoint point, int part, List<CodeGround> programs, Host host) {
        var name = point.string(part);
        if (name == null) {
            return failed(point.wrongArgument(
                    part, "`library` takes the name or path of a library", "write library(\"libc.so.6\")"));
        }
        var found = new ArrayList<CodeGround>();
        var known = new ArrayList<String>();
        for (var ground : programs) {
            for (var path : ground.matching(name.text(), known)) {
                if (host.program(path) instanceof Host.ProgramLookup.Read(var library)) {
                    found.add(ground.library(library));
                }
            }
        }
        return found.isEmpty()
                ? failed(noLibrary(name, programs.getFirst(), known))
                : new Outcome.Found(found, part + 1);
    }

    /** The libraries of the program that a text names: by path, by the name of the file, or without its version. */
    private List<String> matching(String text, List<String> known) {
        if (text.startsWith("/") && !CodeSpec.isPattern(text)) {
            return List.of(text);
        }
        var pattern = CodeSpec.glob(text);
        return program.libraries().stream()
                .filter(path -> {
                    var file = path.substring(path.lastIndexOf('/') + 1);
                    known.add(file);
                    return pattern.matcher(file).matches()
                            || pattern.matcher(path).matches()
                            || file.startsWith(text + ".so");
                })
                .toList();
    }

    private CodeGround library(Program library) {
        var whose = target instanceof Target.Pid
                ? target
                : new Target.Executable(program.path(), program.device(), program.inode());
        return new CodeGround(head + ".library(\"" + library.path() + "\")", library, whose);
    }

    private static Resolution noLibrary(ExpressionNode.StringLiteral name, CodeGround program, List<String> known) {
        var diagnostic = Diagnostic.of(
                DiagnosticCode.NO_SUCH_EXECUTABLE,
                name.span(),
                program.program.path() + " is not linked with a library \"" + name.text() + "\"",
                "not found",
                known.isEmpty()
                        ? "it is linked with none"
                        : "it is linked with "
                                + String.join(", ", known.stream().distinct().toList()),
                "one that it loads later is named by its whole path");
        var nearest = Spelling.nearest(name.text(), known);
        return new Resolution.Missing(
                nearest == null
                        ? diagnostic
                        : diagnostic.withFix(
                                new Fix(name.span(), "\"" + nearest + "\"", "replace by \"" + nearest + "\"")));
    }

    /**
     * A point at one place of the program.
     *
     * @param meant address that the point is about
     * @param at where the probe goes for it
     */
    Resolution.Found point(
            String text,
            String function,
            long meant,
            Site.At at,
            boolean atReturn,
            long semaphore,
            PointContext offer) {
        var site = new CodeSite(text, function, meant, at.address(), at.offset(), semaphore);
        return new Resolution.Found(
                new ProbePoint.Code(
                        text, program.path(), program.device(), program.inode(), target, atReturn, List.of(site)),
                offer);
    }

    /** Why names of source files and lines mean nothing here; null when they do. */
    @Nullable
    Diagnostic withoutSources(ExpressionNode.StringLiteral where) {
        return program.debug().available()
                ? null
                : Diagnostic.of(
                        DiagnosticCode.NO_DEBUG_INFORMATION,
                        where.span(),
                        "nothing is known of the source files of " + program.path(),
                        "no debug information",
                        program.debug().text(),
                        "functions can be probed by the names of their symbols: function(\"name\")");
    }
}
