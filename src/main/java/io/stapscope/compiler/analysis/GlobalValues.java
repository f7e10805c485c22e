package io.stapscope.compiler.analysis;

import static io.stapscope.compiler.diagnostic.DiagnosticCode.BAD_GLOBAL_VALUE;

import io.stapscope.compiler.diagnostic.Diagnostics;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode.NumberLiteral;
import io.stapscope.compiler.syntax.tree.ExpressionNode.StringLiteral;
import io.stapscope.compiler.syntax.tree.Script;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the values of the command line ({@code -G NAME=VALUE}) into the declarations of their globals. */
public final class GlobalValues {
    private GlobalValues() {}

    /** The script as if the values stood in its declarations. */
    public static Script apply(Script script, Map<String, String> values, Diagnostics diagnostics) {
        if (values.isEmpty()) {
            return script;
        }
        var missing = new TreeMap<>(values);
        var declarations = new ArrayList<DeclarationNode>();
        for (var declaration : script.declarations()) {
            if (declaration instanceof DeclarationNode.Global global
                    && missing.remove(global.name().text()) instanceof String value) {
                declarations.add(with(global, value, diagnostics));
            } else {
                declarations.add(declaration);
            }
        }
        missing.forEach((name, value) -> unknown(script, name, value, diagnostics));
        return new Script(script.span(), declarations);
    }

    /** Reports values for what turned out to be arrays. Needs the number of keys of each global. */
    public static void check(Symbols symbols, Map<String, String> values, Diagnostics diagnostics) {
        for (var global : symbols.globals()) {
            var value = symbols.isLibrary(global.span().source()) ? null : values.get(global.name());
            if (value != null && global.arity() > 0) {
                notScalar(global.declaration(), value, diagnostics);
            }
        }
    }

    private static DeclarationNode.Global with(DeclarationNode.Global global, String value, Diagnostics diagnostics) {
        if (global.size() != null || global.wrap()) {
            notScalar(global, value, diagnostics);
            return global;
        }
        var span = global.name().span();
        var number = global.initial() instanceof StringLiteral ? null : number(value);
        ExpressionNode literal = number == null
                ? new StringLiteral(
                        span, new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                : new NumberLiteral(span, number);
        return new DeclarationNode.Global(
                global.span(), global.isPrivate(), global.name(), global.size(), global.wrap(), literal);
    }

    /** Decimal, 0x hexadecimal or octal, with a sign; null for any other text. */
    private static @Nullable Long number(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static void notScalar(DeclarationNode.Global global, String value, Diagnostics diagnostics) {
        diagnostics.report(
                BAD_GLOBAL_VALUE,
                global.name().span(),
                "`" + global.name().text() + "` is an array, which -G cannot set",
                "an array",
                "use -G for numbers and strings without keys, and fill the array in: probe begin { "
                        + global.name().text() + "[1] = " + value + " }");
    }

    private static void unknown(Script script, String name, String value, Diagnostics diagnostics) {
        List<String> known = script.declarations().stream()
                .filter(DeclarationNode.Global.class::isInstance)
                .map(each -> ((DeclarationNode.Global) each).name().text())
                .toList();
        var source = script.span().source();
        diagnostics.report(
                BAD_GLOBAL_VALUE,
                new Span(source, 0, Math.min(1, source.text().length())),
                "the script has no global `" + name + "` for -G " + name + "=" + value,
                "no such global",
                known.isEmpty() ? "declare it: global " + name : "its globals: " + String.join(", ", known));
    }
}
