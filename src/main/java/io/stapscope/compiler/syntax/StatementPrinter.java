package io.stapscope.compiler.syntax;

import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.syntax.tree.StatementNode.ForeachSource;
import io.stapscope.compiler.syntax.tree.StatementNode.Sort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of {@link TreePrinter}. */
final class StatementPrinter {
    private static final String INDENT = "  ";

    private StatementPrinter() {}

    static String body(StatementNode.Block block) {
        return block(block, "");
    }

    private static String block(StatementNode.Block block, String indent) {
        var out = new StringBuilder("{\n");
        for (StatementNode statement : block.statements()) {
            String inner = indent + INDENT;
            out.append(inner).append(statement(statement, inner)).append('\n');
        }
        return out.append(indent).append('}').toString();
    }

    private static String statement(StatementNode statement, String indent) {
        return switch (statement) {
            case StatementNode.Block block -> block(block, indent);
            case StatementNode.Empty empty -> ";";
            case StatementNode.Evaluate(var span, var expression) -> print(expression) + ";";
            case StatementNode.If conditional -> conditional(conditional, indent);
            case StatementNode.While(var span, var condition, var body) ->
                "while (" + print(condition) + ") " + statement(body, indent);
            case StatementNode.For loop ->
                "for (" + optional(loop.initial()) + "; " + optional(loop.condition()) + "; " + optional(loop.update())
                        + ") " + statement(loop.body(), indent);
            case StatementNode.Foreach loop -> foreach(loop) + statement(loop.body(), indent);
            case StatementNode.Break ignored -> "break;";
            case StatementNode.Continue ignored -> "continue;";
            case StatementNode.Next ignored -> "next;";
            case StatementNode.Return(var span, var value) ->
                value == null ? "return;" : "return " + print(value) + ";";
            case StatementNode.Delete(var span, var name, var keys) ->
                "delete " + name + (keys.isEmpty() ? "" : ExpressionPrinter.keyPatterns(keys)) + ";";
            case StatementNode.Try(var span, var body, var message, var handler) ->
                "try " + block(body, indent) + " catch " + (message == null ? "" : "(" + message + ") ")
                        + block(handler, indent);
        };
    }

    /** Braces around the first branch keep an else with its if. */
    private static String conditional(StatementNode.If conditional, String indent) {
        StatementNode otherwise = conditional.otherwise();
        String head = "if (" + print(conditional.condition()) + ") ";
        if (otherwise == null) {
            return head + statement(conditional.then(), indent);
        }
        StatementNode then = conditional.then();
        StatementNode.Block braced =
                then instanceof StatementNode.Block block ? block : new StatementNode.Block(then.span(), List.of(then));
        return head + block(braced, indent) + " else " + statement(otherwise, indent);
    }

    private static String foreach(StatementNode.Foreach loop) {
        Sort sort = loop.sort();
        var keys = new ArrayList<String>();
        for (int i = 0; i < loop.keys().size(); i++) {
            keys.add(loop.keys().get(i) + (sort != null && sort.key() == i ? sign(sort) : ""));
        }
        Name value = loop.value();
        String variables = keys.size() == 1 ? keys.getFirst() : "[" + String.join(", ", keys) + "]";
        String source =
                switch (loop.source()) {
                    case ForeachSource.Array(var name) -> name.text();
                    case ForeachSource.Buckets(var histogram) -> print(histogram);
                };
        String slice = loop.slice().isEmpty() ? "" : ExpressionPrinter.keyPatterns(loop.slice());
        String order = sort == null || sort.key() >= 0 ? "" : " " + operator(sort) + sign(sort);
        ExpressionNode limit = loop.limit();
        return "foreach (" + (value == null ? "" : value + " = ") + variables + " in " + source + slice + order
                + (limit == null ? "" : " limit " + print(limit)) + ") ";
    }

    private static String sign(Sort sort) {
        return sort.descending() ? "-" : "+";
    }

    private static String operator(Sort sort) {
        var operator = sort.operator();
        return operator == null ? "" : operator.symbol();
    }

    private static String print(ExpressionNode expression) {
        return ExpressionPrinter.print(expression);
    }

    private static String optional(@Nullable ExpressionNode expression) {
        return expression == null ? "" : print(expression);
    }
}
