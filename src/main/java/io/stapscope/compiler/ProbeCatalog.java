package io.stapscope.compiler;

import io.stapscope.compiler.analysis.ArrayCheck;
import io.stapscope.compiler.analysis.Declarations;
import io.stapscope.compiler.analysis.NameCheck;
import io.stapscope.compiler.analysis.TypeInference;
import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.elaboration.DerivedProbe;
import io.stapscope.compiler.elaboration.Elaboration;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.probe.ContextVariable;
import io.stapscope.compiler.probe.ProbeFamilies;
import io.stapscope.compiler.probe.ProbePattern;
import io.stapscope.compiler.source.SourceText;
import io.stapscope.compiler.syntax.Parser;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.host.Host;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The probe points there are: their forms, and those of a host one by one. For lists and completion. */
public final class ProbeCatalog {
    private ProbeCatalog() {}

    /**
     * A variable that the body of a probe may read.
     *
     * @param name with its dollar signs, if it has any
     * @param type as C has it, where that is known
     */
    public record Variable(String name, String type) {
        Variable(ContextVariable variable) {
            this(
                    variable.name(),
                    variable.ctype() == null
                            ? variable.type().word()
                            : variable.ctype().name());
        }

        /** {@code name:string}. */
        @Override
        public String toString() {
            return name + ":" + type;
        }
    }

    /** Every form of probe point, the same on all hosts. */
    public static List<ProbePattern> all() {
        return ProbeFamilies.patterns();
    }

    /** The forms that begin with a text, or that match it when it has a {@code *}. */
    public static List<ProbePattern> list(String prefix) {
        var pieces = prefix.split("\\*+", -1);
        var expression =
                String.join(".*", Arrays.stream(pieces).map(Pattern::quote).toList());
        var pattern = Pattern.compile(pieces.length == 1 ? expression + ".*" : expression);
        return all().stream()
                .filter(each -> pattern.matcher(each.text()).matches())
                .toList();
    }

    /**
     * The points of a host that a pattern stands for, sorted: {@code *} is a part of one component, {@code **} any number
     * of components. Where arguments are the user's choice, as in {@code timer.s(N)}, the form stands for all.
     */
    public static List<ProbePattern> list(String pattern, Host host) {
        var wanted = glob(pattern);
        var found = points(host)
                .filter(each -> wanted.matcher(each.text()).matches())
                .sorted(Comparator.comparing(ProbePattern::text))
                .toList();
        if (!found.isEmpty()) {
            return found;
        }
        // Arguments are written out: only resolving tells.
        return derive(pattern, host).stream()
                .map(each -> each.point().text())
                .distinct()
                .sorted()
                .map(text -> new ProbePattern(text, ""))
                .toList();
    }

    /**
     * The first points of a host that begin with a text, in the order in which they are found. The group of a tracepoint
     * may be left out.
     */
    public static List<ProbePattern> complete(String prefix, Host host, int limit) {
        var aliases = aliases().filter(each -> each.text().startsWith(prefix));
        return Stream.concat(aliases, ProbeFamilies.points(host, prefix))
                .limit(limit)
                .toList();
    }

    /** What the body of a probe at a point may read, sorted by name; empty for a form or a point that does not exist. */
    public static List<Variable> variables(String point, Host host) {
        var script = parse(point, host);
        var library = Library.builtIn();
        var ignored = new Diagnostics();
        var symbols =
                Declarations.run(script, Elaboration.run(script, library, host, false, ignored), library, ignored);
        NameCheck.run(symbols, ignored);
        ArrayCheck.run(symbols, ignored);
        TypeInference.run(symbols, ignored);
        var found = new TreeMap<String, Variable>();
        for (var probe : symbols.probes()) {
            boolean ofCode = probe.context().program() != null;
            Stream.concat(probe.context().variables().stream(), probe.context().locals().stream())
                    // Lists of all variables are everywhere in code.
                    .filter(each -> !ofCode || !each.name().startsWith("$$"))
                    .forEach(each -> found.putIfAbsent(each.name(), new Variable(each)));
            probe.scope().locals().stream()
                    .filter(local -> !local.name().startsWith("_"))
                    .forEach(local -> found.putIfAbsent(
                            local.name(),
                            new Variable(local.name(), local.type().word())));
        }
        return List.copyOf(found.values());
    }

    private static Stream<ProbePattern> points(Host host) {
        return Stream.concat(aliases(), ProbeFamilies.points(host));
    }

    private static Stream<ProbePattern> aliases() {
        var library = Library.builtIn();
        return library.aliasNames().stream()
                .filter(name -> !name.startsWith("_"))
                .map(name -> new ProbePattern(name, library.documentation(name)));
    }

    private static List<DerivedProbe> derive(String point, Host host) {
        return Elaboration.run(parse(point, host), Library.builtIn(), host, false, new Diagnostics());
    }

    private static Script parse(String point, Host host) {
        return Parser.parse(
                new SourceText("<list>", "probe " + point + " {}"),
                Library.builtIn().reading(List.of(), host),
                new Diagnostics());
    }

    private static Pattern glob(String text) {
        var expression = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            quoted ^= letter == '"';
            if (letter != '*') {
                expression.append(Pattern.quote(String.valueOf(letter)));
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '*') {
                expression.append(".*");
                i++;
            } else {
                expression.append(quoted ? "[^\"]*" : "[^.]*");
            }
        }
        return Pattern.compile(expression.toString());
    }
}
