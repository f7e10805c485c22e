package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.ir.ProbePoint;
import io.stapscope.host.Host;
import io.stapscope.syscalls.SyscallTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** syscall.NAME and its kin: system calls of all processes, by their names. */
final class SyscallProbes implements ProbeFamily {
    private static final Set<String> HEADS = Set.of("syscall", "nd_syscall");
    private static final String ANY = "syscall_any";
    private static final String RETURN = "return";

    @Override
    public List<ProbePattern> patterns() {
        return List.of(
                new ProbePattern(
                        "syscall.NAME", "entry of one system call; name, argstr and a variable for each argument"),
                new ProbePattern("syscall.NAME.return", "return of one system call; name, retval, retstr"),
                new ProbePattern("nd_syscall.NAME", "the same as syscall.NAME"),
                new ProbePattern("nd_syscall.NAME.return", "the same as syscall.NAME.return"),
                new ProbePattern("syscall_any", "entry of any system call; name, syscall_nr, argstr"),
                new ProbePattern("syscall_any.return", "return of any system call; name, syscall_nr, retval, retstr"));
    }

    @Override
    public Stream<ProbePattern> points(Host host) {
        return Stream.concat(
                host.syscalls().all().values().stream()
                        .flatMap(name -> Stream.of(
                                new ProbePattern("syscall." + name, "entry of the system call " + name),
                                new ProbePattern(
                                        "syscall." + name + "." + RETURN, "return of the system call " + name))),
                patterns().stream().filter(pattern -> pattern.text().startsWith(ANY)));
    }

    @Override
    public List<String> names(Host host) {
        var names = new ArrayList<String>();
        for (var head : List.of("syscall", "nd_syscall")) {
            for (var name : host.syscalls().all().values()) {
                names.add(head + "." + name);
                names.add(head + "." + name + "." + RETURN);
            }
        }
        names.add(ANY);
        names.add(ANY + "." + RETURN);
        return names;
    }

    @Override
    public boolean begins(String word) {
        return HEADS.contains(word) || word.equals(ANY);
    }

    @Override
    public Resolution resolve(WrittenPoint point, Host host, boolean hasTarget) {
        var argued = point.withArgument(0);
        if (argued != null) {
            int part = point.parts().indexOf(argued);
            return point.wrongArgument(
                    part,
                    "`" + argued.text() + "` takes no argument",
                    "write the name of the call behind a dot: syscall.openat");
        }
        int words = point.word(0).equals(ANY) ? 1 : 2;
        if (point.parts().size() < words) {
            return unknown(point, host);
        }
        boolean atReturn = point.parts().size() > words;
        if (atReturn && !point.wordsFrom(words).equals(RETURN)) {
            return point.unknown(words, List.of(RETURN));
        }
        var tables = SyscallTables.of(host.syscalls(), host.architecture());
        if (words == 1) {
            return found(point, atReturn, List.of(), SyscallContext.any(tables, atReturn));
        }
        var number = tables.number(point.word(1));
        return number.isEmpty()
                ? unknown(point, host)
                : found(
                        point,
                        atReturn,
                        List.of(number.getAsInt()),
                        SyscallContext.of(tables, number.getAsInt(), atReturn));
    }

    private static Resolution found(WrittenPoint point, boolean atReturn, List<Integer> numbers, PointContext context) {
        return new Resolution.Found(new ProbePoint.SystemCall(point.wordsFrom(0), atReturn, numbers), context);
    }

    private static Resolution unknown(WrittenPoint point, Host host) {
        if (point.parts().size() < 2) {
            return new Resolution.Missing(Diagnostic.of(
                    DiagnosticCode.UNKNOWN_PROBE_POINT,
                    point.span(),
                    "`" + point.span().text() + "` needs the name of a system call",
                    "incomplete",
                    "write " + point.word(0) + ".openat, or syscall_any for all"));
        }
        var span = point.parts().get(1).span();
        var name = point.word(1);
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_PROBE_POINT,
                span,
                "this kernel has no system call `" + name + "`",
                "unknown",
                "stapscope list 'syscall.*' names all of them");
        var nearest = Spelling.nearest(name, host.syscalls().all().values());
        return new Resolution.Missing(diagnostic.suggesting(span, nearest));
    }
}
