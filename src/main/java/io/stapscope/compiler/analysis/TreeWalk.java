package io.stapscope.compiler.analysis;

import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.KeyNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parts of tree nodes, and walks over all of them in the order of the text. */
public final class TreeWalk {
    private TreeWalk() {}

    /** The expressions directly inside an expression, a written target among them. */
    static List<ExpressionNode> operands(ExpressionNode expression) {
        return switch (expression) {
            case ExpressionNode.NumberLiteral _,
                    ExpressionNode.StringLiteral _,
                    ExpressionNode.Variable _,
                    ExpressionNode.TargetVariable _,
                    ExpressionNode.GlobalVariable _ -> List.of();
            case ExpressionNode.Element e -> e.keys();
            case ExpressionNode.Call e -> e.arguments();
            case ExpressionNode.Print e -> e.arguments();
            case ExpressionNode.Access e -> access(e);
            case ExpressionNode.AddressOf e -> List.of(e.operand());
            case ExpressionNode.Cast e -> List.of(e.operand());
            case ExpressionNode.Defined e -> List.of(e.operand());
            case ExpressionNode.Entry e -> List.of(e.operand());
            case ExpressionNode.AtOperation e -> e.arguments();
            case ExpressionNode.Extract e -> List.of(e.statistic());
            case ExpressionNode.Histogram e -> List.of(e.statistic());
            case ExpressionNode.Bucket e -> List.of(e.histogram(), e.index());
            case ExpressionNode.Unary e -> List.of(e.operand());
            case ExpressionNode.Step e -> List.of(e.target());
            case ExpressionNode.Binary e -> List.of(e.left(), e.right());
            case ExpressionNode.RegexMatch e -> List.of(e.text());
            case ExpressionNode.Contains e -> exact(e.keys());
            case ExpressionNode.Conditional e -> List.of(e.condition(), e.then(), e.otherwise());
            case ExpressionNode.Assign e -> List.of(e.target(), e.value());
        };
    }

    /** The expressions directly inside a statement. */
    static List<ExpressionNode> operands(StatementNode statement) {
        return switch (statement) {
            case StatementNode.Block _,
                    StatementNode.Empty _,
                    StatementNode.Break _,
                    StatementNode.Continue _,
                    StatementNode.Next _,
                    StatementNode.Try _ -> List.of();
            case StatementNode.Evaluate s -> List.of(s.expression());
            case StatementNode.If s -> List.of(s.condition());
            case StatementNode.While s -> List.of(s.condition());
            case StatementNode.For s -> present(s.initial(), s.condition(), s.update());
            case StatementNode.Foreach s -> foreach(s);
            case StatementNode.Return s -> present(s.value());
            case StatementNode.Delete s -> exact(s.keys());
        };
    }

    /** The statements directly inside a statement. */
    static List<StatementNode> parts(StatementNode statement) {
        return switch (statement) {
            case StatementNode.Block s -> s.statements();
            case StatementNode.If s -> s.otherwise() == null ? List.of(s.then()) : List.of(s.then(), s.otherwise());
            case StatementNode.While s -> List.of(s.body());
            case StatementNode.For s -> List.of(s.body());
            case StatementNode.Foreach s -> List.of(s.body());
            case StatementNode.Try s -> List.of(s.body(), s.handler());
            case StatementNode.Empty _,
                    StatementNode.Evaluate _,
                    StatementNode.Break _,
                    StatementNode.Continue _,
                    StatementNode.Next _,
                    StatementNode.Return _,
                    StatementNode.Delete _ -> List.of();
        };
    }

    /** Every statement, itself first. */
    static void statements(StatementNode root, Consumer<StatementNode> visit) {
        visit.accept(root);
        parts(root).forEach(part -> statements(part, visit));
    }

    /** Every expression, itself first. */
    static void expressions(ExpressionNode root, Consumer<ExpressionNode> visit) {
        visit.accept(root);
        operands(root).forEach(operand -> expressions(operand, visit));
    }

    /** Every expression of every statement. */
    public static void expressions(StatementNode root, Consumer<ExpressionNode> visit) {
        statements(root, statement -> operands(statement).forEach(operand -> expressions(operand, visit)));
    }

    static List<ExpressionNode> exact(List<KeyNode> keys) {
        var found = new ArrayList<ExpressionNode>();
        for (var key : keys) {
            if (key instanceof KeyNode.Exact(var value)) {
                found.add(value);
            }
        }
        return found;
    }

    private static List<ExpressionNode> foreach(StatementNode.Foreach s) {
        var found = new ArrayList<ExpressionNode>();
        if (s.source() instanceof StatementNode.ForeachSource.Buckets(var histogram)) {
            found.add(histogram);
        }
        found.addAll(exact(s.slice()));
        found.addAll(present(s.limit()));
        return found;
    }

    private static List<ExpressionNode> access(ExpressionNode.Access e) {
        var found = new ArrayList<ExpressionNode>();
        found.add(e.base());
        for (var suffix : e.suffixes()) {
            if (suffix instanceof ExpressionNode.Suffix.Subscript(var unused, var index)) {
                found.add(index);
            }
        }
        return found;
    }

    private static List<ExpressionNode> present(@Nullable ExpressionNode... expressions) {
        var found = new ArrayList<ExpressionNode>();
        for (var expression : expressions) {
            if (expression != null) {
                found.add(expression);
            }
        }
        return found;
    }
}
