package io.stapscope.compiler.probe;

import io.stapscope.compiler.diagnostic.Diagnostic;
import io.stapscope.compiler.diagnostic.DiagnosticCode;
import io.stapscope.compiler.diagnostic.Fix;
import io.stapscope.compiler.diagnostic.Spelling;
import io.stapscope.compiler.probe.CodeContext.Moment;
import io.stapscope.compiler.probe.FunctionForm.Kind;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.host.program.Function;
import io.stapscope.host.program.Function.Place;
import io.stapscope.host.program.Line;
import io.stapscope.host.program.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code function("...")} and what stands behind it, in one program. */
final class FunctionSites {
    private final CodeGround ground;
    private final ExpressionNode.StringLiteral written;
    private final CodeSpec spec;
    private final FunctionForm form;
    private final List<Resolution.Found> found = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private int onlyInlined;

    FunctionSites(CodeGround ground, ExpressionNode.StringLiteral written, CodeSpec spec, FunctionForm form) {
        this.ground = ground;
        this.written = written;
        this.spec = spec;
        this.form = form;
    }

    Resolution resolve() {
        var unknown = spec.file() == null ? null : ground.withoutSources(written);
        if (unknown != null) {
            return new Resolution.Missing(unknown);
        }
        var functions = functions(ground, spec);
        if (functions.isEmpty()) {
            return new Resolution.Missing(noFunction());
        }
        for (var function : functions) {
            add(function);
        }
        if (found.isEmpty()) {
            return new Resolution.Missing(nothing(functions));
        }
        return new Resolution.Several(found, remarks());
    }

    /** The functions that a spec names; a line stands for the function that has code of it. */
    static List<Function> functions(CodeGround ground, CodeSpec spec) {
        var file = spec.file();
        if (file == null) {
            return ground.program().functions(spec.function());
        }
        if (spec.lines().isEmpty() || spec.relative() || spec.lines().contains(CodeSpec.ALL)) {
            return ground.program().functions(spec.function(), file);
        }
        var name = CodeSpec.glob(spec.function());
        var all = new LinkedHashSet<Function>();
        for (var range : spec.lines()) {
            ground.program().functions(spec.function(), file).stream()
                    .filter(each -> each.line() >= range.first() && each.line() <= range.last())
                    .forEach(all::add);
            ground.program().lines(file, range.first(), range.last()).stream()
                    .map(Line::function)
                    .filter(each -> isNamed(each, name))
                    .forEach(all::add);
        }
        return List.copyOf(all);
    }

    static boolean isNamed(Function function, Pattern name) {
        return name.matcher(function.name()).matches()
                || name.matcher(function.linkageName()).matches();
    }

    private void add(Function function) {
        switch (form.kind()) {
            case ANY -> {
                bodies(function, ".call");
                copies(function);
            }
            case CALL -> bodies(function, ".call");
            case INLINE -> copies(function);
            case RETURN -> returns(function);
            case LABEL -> labels(function);
            case CALLEE -> new CalleeSites(this, function).add();
        }
    }

    CodeGround ground() {
        return ground;
    }

    FunctionForm form() {
        return form;
    }

    private void bodies(Function function, String suffix) {
        if (form.exported() && !function.exported()) {
            return;
        }
        for (var place : function.places()) {
            if (!place.inlined()) {
                long address = function.described() ? place.start() : place.entry();
                inside(
                        text(function, function.described() || form.kind() == Kind.CALL ? suffix : ""),
                        function,
                        address,
                        place);
            }
        }
    }

    private void copies(Function function) {
        if (form.exported()) {
            return;
        }
        for (var place : function.places()) {
            if (place.inlined()) {
                inside(text(function, ".inline"), function, place.start(), place);
            }
        }
    }

    private void inside(String text, Function function, long address, Place place) {
        if (place(function, address) instanceof Site.At at && seen.add(address)) {
            found.add(ground.point(
                    text,
                    function.name(),
                    address,
                    at,
                    false,
                    0,
                    new CodeContext(ground.program(), function, at.address(), Moment.INSIDE, null)));
        }
    }

    private void returns(Function function) {
        if (form.exported() && !function.exported()) {
            return;
        }
        var problem = ground.program().returnProblem(function.linkageName());
        if (problem != null) {
            // Nobody means the return of the first function of a program.
            if (!function.name().equals("_start") || functions(ground, spec).size() == 1) {
                refused.add("`" + function.name() + "`: " + problem);
            }
            return;
        }
        boolean any = false;
        for (var place : function.places()) {
            if (!place.inlined()) {
                any = true;
                if (place(function, place.entry()) instanceof Site.At at && seen.add(place.entry())) {
                    found.add(ground.point(
                            text(function, ".return"),
                            function.name(),
                            place.entry(),
                            at,
                            true,
                            0,
                            new CodeContext(ground.program(), function, at.address(), Moment.RETURN, null)));
                }
            }
        }
        onlyInlined += any ? 0 : 1;
    }

    private void labels(Function function) {
        for (var label : ground.program().labels(function, form.name())) {
            if (place(function, label.address()) instanceof Site.At at && seen.add(label.address())) {
                found.add(ground.point(
                        text(function, ".label(\"" + label.name() + "\")"),
                        function.name(),
                        label.address(),
                        at,
                        false,
                        0,
                        new CodeContext(ground.program(), function, at.address(), Moment.INSIDE, null)));
            }
        }
    }

    /** A place that another function is called at, or copied to. */
    void add(Resolution.Found point) {
        found.add(point);
    }

    Site place(Function function, long address) {
        var site = ground.program().site(address);
        if (site instanceof Site.Refused(var reason)) {
            refused.add("`" + function.name() + "`: " + reason);
        }
        return site;
    }

    /** {@code process("/bin/x").function("add@/src/t.c:8").call}. */
    String text(Function function, String suffix) {
        return ground.head() + ".function(\"" + named(function) + "\")" + suffix;
    }

    static String named(Function function) {
        return function.file().isEmpty()
                ? function.name()
                : function.name() + "@" + function.file() + (function.line() > 0 ? ":" + function.line() : "");
    }

    private List<Diagnostic> remarks() {
        var remarks = new ArrayList<Diagnostic>();
        if (!refused.isEmpty()) {
            var left = Diagnostic.of(
                    DiagnosticCode.PLACES_LEFT_OUT,
                    written.span(),
                    refused.size() + " of the places that " + written.span().text() + " stands for cannot be probed",
                    "left out");
            for (var each : refused.subList(0, Math.min(8, refused.size()))) {
                left = left.withNote(each);
            }
            remarks.add(refused.size() > 8 ? left.withNote("and " + (refused.size() - 8) + " more") : left);
        }
        if (onlyInlined > 0) {
            remarks.add(Diagnostic.of(
                    DiagnosticCode.PLACES_LEFT_OUT,
                    written.span(),
                    "cannot probe .return of " + onlyInlined + " inlined function" + (onlyInlined == 1 ? "" : "s"),
                    "left out",
                    "probe where they begin: .inline"));
        }
        return remarks;
    }

    private Diagnostic nothing(List<Function> functions) {
        var name = functions.size() == 1
                ? "`" + functions.getFirst().name() + "`"
                : "any of the " + functions.size() + " functions that "
                        + written.span().text() + " stands for";
        if (!refused.isEmpty()) {
            return Diagnostic.of(
                    DiagnosticCode.PROBE_NOT_SUPPORTED,
                    written.span(),
                    "no place of " + name + " can be probed: " + refused.getFirst(),
                    "cannot be probed",
                    "probe a function that calls it");
        }
        return switch (form.kind()) {
            case LABEL -> noLabel(functions, name);
            case CALLEE ->
                none(
                        name + " calls no function \"" + form.name() + "\" directly, as far as is known",
                        "calls are told only of optimised code (-O1 and more)");
            case INLINE -> none(name + " is inlined nowhere", "leave .inline out to probe where it is called");
            case RETURN ->
                none(
                        onlyInlined > 0
                                ? name + " is only inlined, and a copy has no return"
                                : name + " has no return that can be probed",
                        "probe where it begins: .function(" + written.span().text() + ")");
            case CALL, ANY ->
                form.exported()
                        ? none(name + " is not exported", "leave .exported out")
                        : none(name + " has no code of its own: it is only inlined", "write .inline");
        };
    }

    private Diagnostic noLabel(List<Function> functions, String name) {
        var labels = functions.stream()
                .flatMap(function -> ground.program().labels(function, "*").stream())
                .map(label -> label.name())
                .distinct()
                .limit(12)
                .toList();
        var diagnostic = none(
                "there is no label \"" + form.name() + "\" with code in " + name,
                !ground.program().debug().available()
                        ? ground.program().debug().text()
                        : labels.isEmpty() ? "it has no labels" : "there are " + String.join(", ", labels));
        var nearest = Spelling.nearest(form.name(), labels);
        return nearest == null ? diagnostic : diagnostic.withNote("did you mean \"" + nearest + "\"?");
    }

    private Diagnostic none(String message, String note) {
        return Diagnostic.of(DiagnosticCode.UNKNOWN_PROBE_POINT, written.span(), message, "no match", note);
    }

    private Diagnostic noFunction() {
        return noFunction(ground, written, spec);
    }

    static Diagnostic noFunction(CodeGround ground, ExpressionNode.StringLiteral written, CodeSpec spec) {
        var program = ground.program();
        var file = spec.file();
        if (file != null) {
            var sources = program.sources();
            var pattern = CodeSpec.glob("*" + file);
            if (sources.stream().noneMatch(each -> pattern.matcher(each).matches())) {
                return noFile(ground, written, file, sources);
            }
        }
        var where = file == null ? program.path() : file;
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_PROBE_POINT,
                written.span(),
                spec.isPattern()
                        ? "no function of " + where + " matches \"" + written.text() + "\""
                        : where + " has no function \"" + spec.function() + "\""
                                + (spec.lines().isEmpty() ? "" : " with code there"),
                "no such function");
        if (!spec.isPattern()) {
            var names = (file == null ? program.functions("*") : program.functions("*", file))
                    .stream().map(Function::name).distinct().toList();
            var nearest = Spelling.nearest(spec.function(), names);
            if (nearest != null) {
                return diagnostic
                        .withNote("did you mean \"" + nearest + "\"?")
                        .withFix(new Fix(
                                written.span(),
                                "\"" + nearest
                                        + written.text()
                                                .substring(spec.function().length()) + "\"",
                                "replace by \"" + nearest + "\""));
            }
        }
        return program.debug().available()
                ? diagnostic.withNote("list them: stapscope list '" + ground.head() + ".function(\"*\")'")
                : diagnostic.withNote(
                        "only its public symbols are known; " + program.debug().text());
    }

    private static Diagnostic noFile(
            CodeGround ground, ExpressionNode.StringLiteral written, String file, List<String> sources) {
        var diagnostic = Diagnostic.of(
                DiagnosticCode.UNKNOWN_PROBE_POINT,
                written.span(),
                ground.program().path() + " has no source file \"" + file + "\"",
                "no such file");
        var names = sources.stream()
                .map(each -> each.substring(each.lastIndexOf('/') + 1))
                .distinct()
                .toList();
        var nearest = Spelling.nearest(file, names);
        return nearest == null
                ? diagnostic.withNote("it is made of " + names.size() + " source files, such as "
                        + String.join(", ", names.subList(0, Math.min(6, names.size()))))
                : diagnostic
                        .withNote("did you mean \"" + nearest + "\"?")
                        .withFix(new Fix(
                                written.span(),
                                "\"" + written.text().replace("@" + file, "@" + nearest) + "\"",
                                "replace by \"" + nearest + "\""));
    }
}
