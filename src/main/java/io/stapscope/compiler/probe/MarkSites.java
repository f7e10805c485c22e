package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.program.Mark;
import io.stapscope.host.program.PltEntry;
import io.stapscope.host.program.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places that the program itself names: {@code mark("...")}, and {@code plt("...")} for its calls of libraries. */
final class MarkSites {
    private MarkSites() {}

    static Resolution marks(WrittenPoint point, int part, CodeGround ground) {
        boolean ofProvider = point.word(part).equals("provider");
        var provider = ofProvider ? point.string(part) : null;
        int last = ofProvider ? part + 1 : part;
        if (ofProvider
                && (provider == null
                        || point.parts().size() <= last
                        || !point.word(last).equals("mark"))) {
            return point.wrongArgument(
                    part, "`provider` takes a name, and a mark behind it", "write provider(\"name\").mark(\"name\")");
        }
        var name = point.string(last);
        if (name == null) {
            return point.wrongArgument(last, "`mark` takes the name of a mark", "write mark(\"name\") or mark(\"*\")");
        }
        if (point.parts().size() > last + 1) {
            return point.unknown(last + 1, List.of());
        }
        var all = ground.program().marks();
        var names = CodeSpec.glob(plain(name.text()));
        var providers = provider == null ? null : CodeSpec.glob(provider.text());
        var found = new ArrayList<Resolution.Found>();
        for (var mark : all) {
            boolean wanted = names.matcher(mark.name()).matches()
                    && (providers == null || providers.matcher(mark.provider()).matches());
            if (wanted && ground.program().site(mark.address()) instanceof Site.At at) {
                var head = provider == null ? "" : ".provider(\"" + mark.provider() + "\")";
                found.add(ground.point(
                        ground.head() + head + ".mark(\"" + mark.name() + "\")",
                        CodeProbes.at(ground.program(), mark.address()).name(),
                        mark.address(),
                        at,
                        false,
                        mark.semaphoreOffset(),
                        new MarkContext(ground.program(), mark)));
            }
        }
        return found.isEmpty()
                ? new Resolution.Missing(noMark(ground, name, provider, all))
                : new Resolution.Several(found);
    }

    /** Programs may write {@code -} where the note has {@code __}. */
    private static String plain(String name) {
        return name.indexOf('[') < 0 ? name.replace("-", "__") : name;
    }

    private static Diagnostic noMark(
            CodeGround ground,
            ExpressionNode.StringLiteral name,
            ExpressionNode.@Nullable StringLiteral provider,
            List<Mark> all) {
        var path = ground.program().path();
        if (all.isEmpty()) {
            return Diagnostic.of(
                    DiagnosticCode.UNKNOWN_PROBE_POINT,
                    name.span(),
                    path + " has no marks",
                    "no marks",
                    "marks are compiled into a program (DTRACE_PROBE of sys/sdt.h); probe its functions instead");
        }
        var providers = all.stream().map(Mark::provider).distinct().toList();
        if (provider != null) {
            var pattern = CodeSpec.glob(provider.text());
            if (providers.stream().noneMatch(each -> pattern.matcher(each).matches())) {
                return Diagnostic.of(
                        DiagnosticCode.UNKNOWN_PROBE_POINT,
                        provider.span(),
                        path + " has no provider \"" + provider.text() + "\"",
                        "no such provider",
                        "its marks are of " + String.join(", ", providers));
            }
        }
        var names = all.stream().map(Mark::name).distinct().toList();
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_PROBE_POINT,
                name.span(),
                path + " has no mark \"" + name.text() + "\"",
                "no such mark");
        var nearest = Spelling.nearest(name.text(), names);
        return nearest == null
                ? diagnostic.withNote("it has " + String.join(", ", names.subList(0, Math.min(8, names.size())))
                        + (names.size() > 8 ? " and " + (names.size() - 8) + " more" : ""))
                : diagnostic.suggestingText(name.span(), nearest);
    }

    static Resolution stubs(WrittenPoint point, int part, CodeGround ground) {
        var literal = point.string(part);
        if (literal == null && point.argument(part) != null) {
            return point.wrongArgument(part, "`plt` takes the name of a function", "write plt(\"malloc\")");
        }
        boolean atReturn = point.parts().size() > part + 1;
        if (atReturn
                && (point.parts().size() > part + 2 || !point.word(part + 1).equals("return"))) {
            return point.unknown(part + 1, List.of("return"));
        }
        var pattern = CodeSpec.glob(literal == null ? "*" : literal.text());
        var found = new ArrayList<Resolution.Found>();
        for (var entry : ground.program().linkage()) {
            if (!pattern.matcher(entry.name()).matches()) {
                continue;
            }
            var problem = atReturn ? ground.program().returnProblem(entry.name()) : null;
            if (problem != null && literal != null && literal.text().equals(entry.name())) {
                return new Resolution.Missing(Diagnostic.of(
                        DiagnosticCode.PROBE_NOT_SUPPORTED,
                        literal.span(),
                        "the return of \"" + entry.name() + "\" cannot be probed: " + problem,
                        "cannot be probed",
                        "leave .return out to probe where it is called"));
            }
            if (problem == null && ground.program().site(entry.address()) instanceof Site.At at) {
                found.add(ground.point(
                        ground.head() + ".plt(\"" + entry.name() + "\")" + (atReturn ? ".return" : ""),
                        entry.name(),
                        entry.address(),
                        at,
                        atReturn,
                        0,
                        new StubContext(ground.program(), atReturn)));
            }
        }
        return found.isEmpty() ? new Resolution.Missing(noStub(point, part, ground)) : new Resolution.Several(found);
    }

    private static Diagnostic noStub(WrittenPoint point, int part, CodeGround ground) {
        var names = ground.program().linkage().stream().map(PltEntry::name).toList();
        var literal = point.string(part);
        var where = literal == null ? point.parts().get(part).span() : literal.span();
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_PROBE_POINT,
                where,
                names.isEmpty() || literal == null
                        ? ground.program().path() + " calls no libraries through a linkage table"
                        : ground.program().path() + " does not call \"" + literal.text()
                                + "\" through its linkage table",
                "no such call");
        var nearest = literal == null ? null : Spelling.nearest(literal.text(), names);
        if (nearest != null) {
            return diagnostic.suggestingText(where, nearest);
        }
        return diagnostic.withNote("probe the function of the library: .library(\"libc.so.6\").function(\"malloc\")");
    }
}
