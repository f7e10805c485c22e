package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.probe.CodeContext.Moment;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.program.Function;
import io.stapscope.host.program.Line;
import io.stapscope.host.program.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code statement("...")}: places of source lines, and addresses. */
final class StatementSites {
    private final CodeGround ground;
    private final List<Resolution.Found> found = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();

    private StatementSites(CodeGround ground) {
        this.ground = ground;
    }

    static Resolution resolve(WrittenPoint point, int part, CodeGround ground) {
        var sites = new StatementSites(ground);
        boolean nearest = false;
        for (int next = part + 1; next < point.parts().size(); next++) {
            if (point.argument(next) != null) {
                return point.wrongArgument(next, "`" + point.word(next) + "` takes no argument", "write .nearest");
            }
            switch (point.word(next)) {
                case "nearest" -> nearest = true;
                case "absolute" -> {
                    return new Resolution.Missing(Diagnostic.of(
                            DiagnosticCode.PROBE_NOT_SUPPORTED,
                            point.parts().get(next).span(),
                            "addresses in memory (`absolute`) differ from run to run",
                            "not supported",
                            "give the address in the file, as objdump shows it: statement(0x1234)"));
                }
                default -> {
                    return point.unknown(next, List.of("nearest"));
                }
            }
        }
        return switch (point.argument(part)) {
            case ExpressionNode.NumberLiteral address -> sites.address(address);
            case ExpressionNode.StringLiteral literal -> {
                var spec = CodeSpec.parse(literal.text());
                yield spec == null || spec.lines().isEmpty()
                        ? CodeProbes.badStatement(point, part)
                        : sites.lines(literal, spec, nearest);
            }
            case null -> CodeProbes.badStatement(point, part);
            case ExpressionNode _ -> CodeProbes.badStatement(point, part);
        };
    }

    private Resolution lines(ExpressionNode.StringLiteral written, CodeSpec spec, boolean nearest) {
        var unknown = ground.withoutSources(written);
        if (unknown != null) {
            return new Resolution.Missing(unknown);
        }
        var file = spec.file() == null ? "*" : spec.file();
        var name = CodeSpec.glob(spec.function());
        var lines = new ArrayList<Line>();
        var wanted = new ArrayList<CodeSpec.Range>();
        if (spec.relative()) {
            for (var function : ground.program().functions(spec.function(), file)) {
                for (var range : spec.lines()) {
                    int line = function.line() + range.first();
                    wanted.add(new CodeSpec.Range(line, line));
                    ground.program().lines(file, line, line).stream()
                            .filter(each -> each.function().equals(function))
                            .forEach(lines::add);
                }
            }
        } else {
            wanted.addAll(spec.lines());
            for (var range : spec.lines()) {
                ground.program().lines(file, range.first(), range.last()).stream()
                        .filter(each -> FunctionSites.isNamed(each.function(), name))
                        .forEach(lines::add);
            }
        }
        if (lines.isEmpty()) {
            var usable = ground.program().lines(file, 1, Integer.MAX_VALUE).stream()
                    .filter(each -> FunctionSites.isNamed(each.function(), name))
                    .toList();
            if (usable.isEmpty() || wanted.isEmpty()) {
                return new Resolution.Missing(FunctionSites.noFunction(ground, written, spec));
            }
            int meant = wanted.getFirst().first();
            if (!nearest) {
                return new Resolution.Missing(noCode(written, usable, meant));
            }
            int best = usable.stream()
                    .map(Line::line)
                    .min(Comparator.comparingInt((Integer line) -> Math.abs(line - meant)))
                    .orElse(meant);
            usable.stream().filter(each -> each.line() == best).forEach(lines::add);
        }
        firsts(lines).forEach(this::add);
        return outcome(written);
    }

    /** A copy of the code of a function and a line in it. */
    private record Copy(String function, long entry, String file, int line) {}

    /**
     * Compilers begin a statement several times in one line. A handler is to run once where the line does, so the lowest
     * address in each copy of its function is taken, as SystemTap and debuggers do; code that was moved out of the copy
     * counts where there is no other.
     */
    private static Collection<Line> firsts(List<Line> lines) {
        var inside = new LinkedHashMap<Copy, Line>();
        var moved = new LinkedHashMap<Copy, Line>();
        for (var line : lines) {
            var function = line.function();
            var place = function.places().stream()
                    .filter(each -> each.entry() <= line.address() && line.address() < each.end())
                    .min(Comparator.comparingLong(each -> each.end() - each.entry()));
            var entry = place.orElse(function.places().getFirst()).entry();
            (place.isPresent() ? inside : moved)
                    .merge(
                            new Copy(function.linkageName(), entry, line.file(), line.line()),
                            line,
                            (one, other) -> one.address() <= other.address() ? one : other);
        }
        moved.forEach(inside::putIfAbsent);
        return inside.values();
    }

    private void add(Line line) {
        if (!seen.add(line.address())) {
            return;
        }
        switch (ground.program().site(line.address())) {
            case Site.At at ->
                found.add(ground.point(
                        ground.head() + ".statement(\"" + line.function().name() + "@" + line.file() + ":" + line.line()
                                + "\")",
                        line.function().name(),
                        line.address(),
                        at,
                        false,
                        0,
                        new CodeContext(ground.program(), line.function(), at.address(), Moment.INSIDE, null)));
            case Site.Refused(var reason) -> refused.add("line " + line.line() + ": " + reason);
        }
    }

    private Resolution outcome(ExpressionNode written) {
        if (found.isEmpty()) {
            return new Resolution.Missing(Diagnostic.of(
                    DiagnosticCode.PROBE_NOT_SUPPORTED,
                    written.span(),
                    "this statement cannot be probed: " + refused.getFirst(),
                    "cannot be probed",
                    "probe a line near it, or the function"));
        }
        if (refused.isEmpty()) {
            return new Resolution.Several(found);
        }
        return new Resolution.Several(
                found,
                List.of(Diagnostic.of(
                        DiagnosticCode.PLACES_LEFT_OUT,
                        written.span(),
                        refused.size() + " of the places of this statement cannot be probed",
                        "left out",
                        refused.subList(0, Math.min(8, refused.size())).toArray(String[]::new))));
    }

    private Diagnostic noCode(ExpressionNode.StringLiteral written, List<Line> usable, int meant) {
        var near = usable.stream()
                .map(Line::line)
                .distinct()
                .sorted(Comparator.comparingInt((Integer line) -> Math.abs(line - meant)))
                .limit(4)
                .sorted()
                .map(String::valueOf)
                .toList();
        return Diagnostic.of(
                DiagnosticCode.UNKNOWN_PROBE_POINT,
                written.span(),
                "no code begins at line " + meant + " there",
                "no code",
                "the nearest lines with code: " + String.join(", ", near),
                "or let it be chosen: statement(" + written.span().text() + ").nearest");
    }

    private Resolution address(ExpressionNode.NumberLiteral literal) {
        long address = literal.value();
        return switch (ground.program().site(address)) {
            case Site.Refused(var reason) ->
                new Resolution.Missing(Diagnostic.of(
                        DiagnosticCode.BAD_PROBE_ARGUMENT,
                        literal.span(),
                        "there is no instruction to probe at " + hexadecimal(address) + ": " + reason,
                        "no place",
                        "give an address of the file, as objdump -d shows it"));
            case Site.At at -> {
                var function = CodeProbes.at(ground.program(), address);
                var text = ground.head() + ".statement(" + hexadecimal(address) + ")";
                var context = new CodeContext(ground.program(), function, at.address(), Moment.INSIDE, null);
                yield ground.point(text, function.name(), address, at, false, 0, context);
            }
        };
    }

    private static String hexadecimal(long address) {
        return "0x" + Long.toHexString(address).toLowerCase(Locale.ROOT);
    }

    /** A function of which nothing is known but that code is there. */
    static Function unknown() {
        return new Function("", "", "", 0, false, false, List.of(), null);
    }
}
