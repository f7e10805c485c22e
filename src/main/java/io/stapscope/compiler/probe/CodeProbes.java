package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.host.Host;
import io.stapscope.host.program.Function;
import io.stapscope.host.program.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Points inside a program: functions, statements, labels, marks, calls of libraries. */
final class CodeProbes {
    private static final Set<String> WORDS =
            Set.of("function", "statement", "mark", "provider", "library", "plt", "insn", "itrace", "data");
    private static final List<String> KNOWN =
            List.of("function(\"NAME\")", "statement(\"FUNCTION@FILE:LINE\")", "mark(\"NAME\")", "plt(\"NAME\")");

    /** A point as far as it is written: up to the name that is being typed. */
    private static final Pattern BEGUN = Pattern.compile(
            "process\\((?:\"([^\"]+)\"|(\\d{1,9}))\\)(?:\\.library\\(\"([^\"]+)\"\\))?\\.(function|mark|plt)\\(\"([^\"@]*)");

    private CodeProbes() {}

    static boolean isOf(String word) {
        return WORDS.contains(word);
    }

    static List<ProbePattern> patterns() {
        var all = new ArrayList<ProbePattern>();
        for (var head : List.of("process(\"PATH\")", "process(PID)", "process(\"PATH\").library(\"LIBRARY\")")) {
            add(all, head, ".function(\"NAME\")", "where a function is entered, inlined copies too; its $variables");
            add(all, head, ".function(\"NAME\").call", "where a function is called, without inlined copies");
            add(all, head, ".function(\"NAME\").inline", "where a function is inlined");
            add(all, head, ".function(\"NAME\").return", "where a function returns; $return, @entry($parameter)");
            add(all, head, ".function(\"NAME\").exported", "where a function is entered that other programs may call");
            add(all, head, ".function(\"NAME\").callee(\"NAME\")", "where a function is entered from another one");
            add(all, head, ".function(\"NAME\").callees", "where the functions are entered that another one calls");
            add(all, head, ".function(\"NAME\").label(\"LABEL\")", "at a label of a function");
            add(all, head, ".statement(\"FUNCTION@FILE:LINE\")", "at a line of the source; its $variables");
            add(all, head, ".statement(\"FUNCTION@FILE:LINE\").nearest", "at the line, or the nearest that has code");
            add(all, head, ".statement(ADDRESS)", "at an instruction of the file");
            add(all, head, ".mark(\"MARK\")", "at a mark of the program; $arg1..., $$name, $$parms");
            add(all, head, ".provider(\"PROVIDER\").mark(\"MARK\")", "at a mark of one provider");
            add(all, head, ".plt(\"NAME\")", "where a function of a library is called; $$name, int_arg(1)...");
            add(all, head, ".plt(\"NAME\").return", "where a called function of a library returns; $return");
        }
        return all;
    }

    private static void add(List<ProbePattern> all, String head, String tail, String documentation) {
        all.add(new ProbePattern(head + tail, documentation));
    }

    /** The points that go on where a name is being written. */
    static Stream<ProbePattern> points(Host host, String prefix) {
        var begun = BEGUN.matcher(prefix);
        if (!begun.matches() || begun.group(1) != null && CodeSpec.isPattern(begun.group(1))) {
            return Stream.empty();
        }
        var written = begun.group(1) == null
                ? begun.group(2).length() > 9
                        ? null
                        : host.executableOf(Integer.parseInt(begun.group(2))).orElse(null)
                : host.executable(begun.group(1)) instanceof Host.Lookup.Found(var path, var _, var _)
                        ? path
                        : begun.group(1);
        if (written == null || !(host.program(written) instanceof Host.ProgramLookup.Read(var program))) {
            return Stream.empty();
        }
        if (begun.group(3) != null) {
            var wanted = begun.group(3);
            var library = program.libraries().stream()
                    .filter(path -> path.equals(wanted) || path.endsWith("/" + wanted))
                    .findFirst();
            if (library.isEmpty() || !(host.program(library.get()) instanceof Host.ProgramLookup.Read(var other))) {
                return Stream.empty();
            }
            program = other;
        }
        var head = prefix.substring(0, begun.start(5));
        return names(program, begun.group(4), begun.group(5))
                .map(each -> new ProbePattern(head + each.text() + "\")", each.documentation()));
    }

    private static Stream<ProbePattern> names(Program program, String word, String start) {
        return switch (word) {
            case "function" ->
                program.functions(start + "*").stream()
                        .filter(each -> each.name().startsWith(start))
                        .map(each -> new ProbePattern(
                                each.name(),
                                each.file().isEmpty()
                                        ? "a function"
                                        : "a function of " + each.file() + ", line " + each.line()));
            case "mark" ->
                program.marks().stream()
                        .filter(each -> each.name().startsWith(start))
                        .map(each -> new ProbePattern(
                                each.name(),
                                "a mark of " + each.provider() + " with "
                                        + each.arguments().size() + " arguments"));
            default ->
                program.linkage().stream()
                        .filter(each -> each.name().startsWith(start))
                        .map(each -> new ProbePattern(each.name(), "calls of " + each.name()));
        };
    }

    static Resolution resolve(WrittenPoint point, Host host) {
        for (int part = 1; part < point.parts().size(); part++) {
            var refusal = refusal(point, part);
            if (refusal != null) {
                return refusal;
            }
        }
        return switch (CodeGround.of(point, host)) {
            case CodeGround.Outcome.Failed(var reason) -> reason;
            case CodeGround.Outcome.Found(var grounds, var next) ->
                point.parts().size() <= next
                        ? point.unknown(1, KNOWN)
                        : together(grounds.stream()
                                .map(ground -> resolve(point, next, ground))
                                .toList());
        };
    }

    private static @Nullable Resolution refusal(WrittenPoint point, int part) {
        var why =
                switch (point.word(part)) {
                    case "insn", "itrace" -> "every instruction would be run in a single step, a thousand times slower";
                    case "data" -> "breakpoints on memory are not supported yet";
                    default -> null;
                };
        return why == null
                ? null
                : new Resolution.Missing(Diagnostic.of(
                        DiagnosticCode.PROBE_NOT_SUPPORTED,
                        point.spanFrom(part),
                        "`" + point.word(part) + "` cannot be probed: " + why,
                        "not supported",
                        "probe functions or lines: function(\"NAME\"), statement(\"NAME@FILE:LINE\")"));
    }

    /** What any of the programs has; else why the last has none. */
    private static Resolution together(List<Resolution> all) {
        if (all.size() == 1) {
            return all.getFirst();
        }
        var found = new ArrayList<Resolution.Found>();
        var remarks = new ArrayList<Diagnostic>();
        for (var each : all) {
            switch (each) {
                case Resolution.Found one -> found.add(one);
                case Resolution.Several(var some, var said) -> {
                    found.addAll(some);
                    remarks.addAll(said);
                }
                case Resolution.Missing _ -> {}
                case Resolution.Wrong wrong -> {
                    return wrong;
                }
            }
        }
        return found.isEmpty() ? all.getLast() : new Resolution.Several(found, remarks);
    }

    private static Resolution resolve(WrittenPoint point, int part, CodeGround ground) {
        return switch (point.word(part)) {
            case "function" -> function(point, part, ground);
            case "statement" -> StatementSites.resolve(point, part, ground);
            case "mark", "provider" -> MarkSites.marks(point, part, ground);
            case "plt" -> MarkSites.stubs(point, part, ground);
            default -> point.unknown(part, KNOWN);
        };
    }

    private static Resolution function(WrittenPoint point, int part, CodeGround ground) {
        var literal = point.string(part);
        var spec = literal == null ? null : CodeSpec.parse(literal.text());
        if (literal == null || spec == null) {
            return point.wrongArgument(
                    part,
                    "`function` takes the name of a function, with its source file perhaps",
                    "write function(\"name\"), function(\"name@file.c\") or function(\"*@file.c:123\")",
                    "an address is for statement(0x1234)");
        }
        return switch (FunctionForm.read(point, part + 1)) {
            case FunctionForm.Outcome.Failed(var reason) -> reason;
            case FunctionForm.Outcome.Read(var form) -> new FunctionSites(ground, literal, spec, form).resolve();
        };
    }

    static Resolution badStatement(WrittenPoint point, int part) {
        return point.wrongArgument(
                part,
                "`statement` takes a function with a line of its source file, or an address",
                "write statement(\"*@file.c:123\"), statement(\"name@file.c:10-20\"), statement(\"name@file.c+3\")"
                        + " or statement(0x1234)");
    }

    /** The innermost function that has code at an address; one without a name where none is known. */
    static Function at(Program program, long address) {
        Function best = null;
        long least = Long.MAX_VALUE;
        for (var function : program.functions("*")) {
            for (var place : function.places()) {
                long size = place.end() - place.entry();
                if (!place.inlined() && place.entry() <= address && address < place.end() && size < least) {
                    best = function;
                    least = size;
                }
            }
        }
        return best == null ? StatementSites.unknown() : best;
    }
}
