package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.compiler.ir.ProbePoint.Event;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** process.begin and its kin: starts, ends and system calls of processes and threads. */
final class ProcessProbes implements ProbeFamily {
    /** Programs that one pattern may stand for. */
    private static final int MOST_PROGRAMS = 64;

    private static final Map<String, Event> EVENTS = events();

    private static Map<String, Event> events() {
        var events = new LinkedHashMap<String, Event>();
        events.put("begin", Event.BEGIN);
        events.put("end", Event.END);
        events.put("thread.begin", Event.THREAD_BEGIN);
        events.put("thread.end", Event.THREAD_END);
        events.put("syscall", Event.SYSCALL);
        events.put("syscall.return", Event.SYSCALL_RETURN);
        return events;
    }

    @Override
    public List<ProbePattern> patterns() {
        var patterns = new ArrayList<ProbePattern>();
        var targets = new LinkedHashMap<String, String>();
        targets.put("process", "of any process (of the target and its descendants with -x or -c)");
        targets.put("process(\"PATH\")", "of any process that runs this program");
        targets.put("process(PID)", "of this one process");
        targets.forEach((head, whose) -> EVENTS.forEach(
                (words, event) -> patterns.add(new ProbePattern(head + "." + words, describe(event) + " " + whose))));
        patterns.addAll(CodeProbes.patterns());
        return patterns;
    }

    @Override
    public Stream<ProbePattern> points(Host host, String prefix) {
        return Stream.concat(ProbeFamily.super.points(host, prefix), CodeProbes.points(host, prefix));
    }

    /** Points inside a program are found by their own patterns: {@code *} stands for no word of theirs. */
    @Override
    public List<String> names(Host host) {
        return EVENTS.keySet().stream().map(words -> "process." + words).toList();
    }

    private static String describe(Event event) {
        return switch (event) {
            case BEGIN -> "start or exec, and once for each that runs already,";
            case END -> "end, or exec of another program,";
            case THREAD_BEGIN -> "start of a thread that is not the first,";
            case THREAD_END -> "end of a thread that is not the first,";
            case SYSCALL -> "entry of a system call; $syscall, $arg1 to $arg6, $$parms;";
            case SYSCALL_RETURN -> "return of a system call; $syscall, $return, $$return;";
        };
    }

    @Override
    public boolean begins(String word) {
        return word.equals("process");
    }

    @Override
    public Resolution resolve(WrittenPoint point, Host host, boolean hasTarget) {
        if (point.parts().size() < 2) {
            return point.unknown(
                    0, EVENTS.keySet().stream().map(words -> "process." + words).toList());
        }
        if (CodeProbes.isOf(point.word(1))) {
            return CodeProbes.resolve(point, host);
        }
        var event = EVENTS.get(point.wordsFrom(1));
        if (event == null) {
            return point.unknown(1, List.copyOf(EVENTS.keySet()));
        }
        var argued = point.withArgument(1);
        if (argued != null) {
            int part = point.parts().indexOf(argued);
            return point.wrongArgument(
                    part,
                    "`" + argued.text() + "` takes no argument",
                    "the program or process goes to the front: process(\"PATH\")." + point.wordsFrom(1));
        }
        return switch (point.argument(0)) {
            case null -> found("process", hasTarget ? new Target.Session() : new Target.Everyone(), point, event);
            case ExpressionNode.NumberLiteral pid -> byPid(point, pid, event, host);
            case ExpressionNode.StringLiteral path ->
                isPattern(path) ? byPattern(point, path, event, host) : byPath(point, path, event, host);
            case ExpressionNode _ ->
                point.wrongArgument(
                        0, "`process` takes the path of a program or a process id", "write process(\"ls\")");
        };
    }

    private static Resolution byPid(WrittenPoint point, ExpressionNode.NumberLiteral pid, Event event, Host host) {
        if (pid.value() <= 0 || pid.value() > Integer.MAX_VALUE || !host.processExists((int) pid.value())) {
            return new Resolution.Missing(Diagnostic.of(
                    DiagnosticCode.NO_SUCH_PROCESS,
                    pid.span(),
                    "there is no process " + pid.value(),
                    "not running",
                    "name a process that runs, or its program: process(\"PATH\")." + point.wordsFrom(1)));
        }
        return found("process(" + pid.value() + ")", new Target.Pid((int) pid.value()), point, event);
    }

    private static boolean isPattern(ExpressionNode.StringLiteral path) {
        return path.bytes().contains("*")
                || path.bytes().contains("?")
                || path.bytes().contains("[");
    }

    private static Resolution byPattern(WrittenPoint point, ExpressionNode.StringLiteral path, Event event, Host host) {
        var files = host.executables(path.text());
        if (files.isEmpty()) {
            return noMatch(path);
        }
        if (files.size() > MOST_PROGRAMS) {
            return tooMany(path, files.size());
        }
        var found = new ArrayList<Resolution.Found>();
        for (var file : files) {
            if (host.executable(file) instanceof Host.Lookup.Found(var canonical, var device, var inode)) {
                var target = new Target.Executable(canonical, device, inode);
                if (found("process(\"" + canonical + "\")", target, point, event) instanceof Resolution.Found each) {
                    found.add(each);
                }
            }
        }
        return new Resolution.Several(found);
    }

    static Resolution byPath(WrittenPoint point, ExpressionNode.StringLiteral path, Event event, Host host) {
        return switch (host.executable(path.text())) {
            case Host.Lookup.Found(var file, var device, var inode) ->
                found("process(\"" + file + "\")", new Target.Executable(file, device, inode), point, event);
            case Host.Lookup.Missing missing -> missing(path, missing);
        };
    }

    static Resolution missing(ExpressionNode.StringLiteral path, Host.Lookup.Missing missing) {
        var diagnostic = Diagnostic.of(
                DiagnosticCode.NO_SUCH_EXECUTABLE,
                path.span(),
                "cannot probe the program \"" + path.text() + "\": " + missing.reason(),
                "not found");
        var nearest = missing.nearest();
        return new Resolution.Missing(
                nearest == null
                        ? diagnostic.withNote(
                                path.text().contains("/")
                                        ? "give the path of an executable file that exists"
                                        : "a name without / is searched in $PATH; give the whole path")
                        : diagnostic.suggestingText(path.span(), nearest));
    }

    static Resolution noMatch(ExpressionNode.StringLiteral path) {
        return new Resolution.Missing(Diagnostic.of(
                DiagnosticCode.NO_SUCH_EXECUTABLE,
                path.span(),
                "no program matches \"" + path.text() + "\"",
                "matches nothing",
                "a pattern without / looks in $PATH; scripts are left out: name those one by one"));
    }

    static Resolution tooMany(ExpressionNode.StringLiteral path, int count) {
        return new Resolution.Wrong(Diagnostic.of(
                DiagnosticCode.TOO_MANY_ALTERNATIVES,
                path.span(),
                "\"" + path.text() + "\" matches " + count + " programs, more than " + MOST_PROGRAMS,
                "too many",
                "narrow the pattern, or probe every process and look at execname()"));
    }

    private static Resolution found(String head, Target target, WrittenPoint point, Event event) {
        PointContext context =
                switch (event) {
                    case SYSCALL -> new SystemCallContext(false);
                    case SYSCALL_RETURN -> new SystemCallContext(true);
                    case BEGIN, END, THREAD_BEGIN, THREAD_END -> NoContext.INSTANCE;
                };
        return new Resolution.Found(new ProbePoint.Process(head + "." + point.wordsFrom(1), target, event), context);
    }
}
