package io.stapscope.compiler.syntax;

import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.ProbePointNode;
import io.stapscope.compiler.syntax.tree.ProbePointNode.Component;
import io.stapscope.compiler.syntax.tree.Script;
import io.stapscope.compiler.syntax.tree.TypeName;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints a tree as a script that reads as the same tree: one statement a line, parentheses only where they are needed.
 * For tests and for looking at what the parser understood.
 */
public final class TreePrinter {
    private TreePrinter() {}

    public static String print(Script script) {
        return script.declarations().stream()
                .map(TreePrinter::print)
                .map(text -> text + "\n")
                .collect(Collectors.joining("\n"));
    }

    private static String print(DeclarationNode declaration) {
        return switch (declaration) {
            case DeclarationNode.Probe probe ->
                "probe " + points(probe.points(), ", ") + " " + StatementPrinter.body(probe.body());
            case DeclarationNode.Alias alias -> print(alias);
            case DeclarationNode.Global global -> print(global);
            case DeclarationNode.Function function -> print(function);
        };
    }

    private static String print(DeclarationNode.Alias alias) {
        var prologue = alias.prologue();
        var epilogue = alias.epilogue();
        String names = points(alias.names(), " = ");
        String points = points(alias.points(), ", ");
        if (prologue == null) {
            return "probe " + names + " += " + points + (epilogue == null ? "" : " " + StatementPrinter.body(epilogue));
        }
        String first = "probe " + names + " = " + points + " " + StatementPrinter.body(prologue);
        return epilogue == null ? first : first + ", " + StatementPrinter.body(epilogue);
    }

    private static String print(DeclarationNode.Global global) {
        var size = global.size();
        var initial = global.initial();
        return (global.isPrivate() ? "private global " : "global ")
                + global.name()
                + (size == null ? "" : "[" + size.value() + "]")
                + (global.wrap() ? "%" : "")
                + (initial == null ? "" : " = " + ExpressionPrinter.literal(initial));
    }

    private static String print(DeclarationNode.Function function) {
        var priority = function.priority();
        String parameters = function.parameters().stream()
                .map(parameter -> parameter.name() + type(parameter.type()))
                .collect(Collectors.joining(", "));
        return (function.isPrivate() ? "private function " : "function ")
                + function.name()
                + type(function.type())
                + "("
                + parameters
                + ") "
                + (priority == null ? "" : ":" + priority.value() + " ")
                + StatementPrinter.body(function.body());
    }

    private static String type(@Nullable TypeName type) {
        if (type == null) {
            return "";
        }
        return switch (type.kind()) {
            case LONG -> ":long";
            case STRING -> ":string";
        };
    }

    private static String points(List<ProbePointNode> points, String separator) {
        return points.stream().map(TreePrinter::print).collect(Collectors.joining(separator));
    }

    /** A probe point as it would be written. */
    public static String print(ProbePointNode point) {
        var condition = point.condition();
        String components = point.components().stream().map(TreePrinter::print).collect(Collectors.joining("."));
        String mark =
                switch (point.mark()) {
                    case NONE -> "";
                    case OPTIONAL -> "?";
                    case SUFFICIENT -> "!";
                };
        return components + mark + (condition == null ? "" : " if (" + ExpressionPrinter.print(condition) + ")");
    }

    private static String print(Component component) {
        return switch (component) {
            case Component.Plain(var span, String text, var argument) ->
                text + (argument == null ? "" : "(" + ExpressionPrinter.literal(argument) + ")");
            case Component.Alternatives(var span, var choices) -> "{" + points(choices, ", ") + "}";
        };
    }

    static String names(List<Name> names) {
        return names.stream().map(Name::text).collect(Collectors.joining(", "));
    }
}
