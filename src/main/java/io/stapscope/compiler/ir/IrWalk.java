package io.stapscope.compiler.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parts of IR nodes, and walks over all of them in evaluation order. */
public final class IrWalk {
    private IrWalk() {}

    /** The expressions directly inside an expression. */
    public static List<Expression> operands(Expression expression) {
        return switch (expression) {
            case Expression.LongLiteral _,
                    Expression.StringLiteral _,
                    Expression.ReadLocal _,
                    Expression.Context _,
                    Expression.Argument _,
                    Expression.Entry _,
                    Expression.Capture _,
                    Expression.TraceArgument _,
                    Expression.Register _,
                    Expression.Snapshot _,
                    Expression.Stack _ -> List.of();
            case Expression.ReadGlobal e -> e.keys();
            case Expression.Contains e -> present(e.keys());
            case Expression.Unary e -> List.of(e.operand());
            case Expression.Binary e -> List.of(e.left(), e.right());
            case Expression.Compare e -> List.of(e.left(), e.right());
            case Expression.And e -> List.of(e.left(), e.right());
            case Expression.Or e -> List.of(e.left(), e.right());
            case Expression.Conditional e -> List.of(e.condition(), e.then(), e.otherwise());
            case Expression.Concatenate e -> List.of(e.left(), e.right());
            case Expression.Formatted e -> e.arguments();
            case Expression.Builtin e -> e.arguments();
            case Expression.Extract e -> e.keys();
            case Expression.Bucket e -> with(e.keys(), e.index());
            case Expression.Library e -> e.arguments();
            case Expression.Load e -> with(List.of(e.address()), e.otherwise());
            case Expression.LoadString e -> with(with(List.of(e.address()), e.limit()), e.otherwise());
            case Expression.TableText e -> List.of(e.index());
        };
    }

    /** The expressions directly inside a statement. */
    public static List<Expression> operands(Statement statement) {
        return switch (statement) {
            case Statement.Block _,
                    Statement.Loop _,
                    Statement.Break _,
                    Statement.Continue _,
                    Statement.Next _,
                    Statement.Exit _,
                    Statement.DeleteGlobal _ -> List.of();
            case Statement.SetLocal s -> List.of(s.value());
            case Statement.SetGlobal s -> with(s.keys(), s.value());
            case Statement.AddGlobal s -> with(s.keys(), s.value());
            case Statement.Feed s -> with(s.keys(), s.value());
            case Statement.DeleteElement s -> present(s.keys());
            case Statement.If s -> List.of(s.condition());
            case Statement.Foreach s -> with(present(s.slice()), s.limit());
            case Statement.Return s -> with(List.of(), s.value());
            case Statement.Call s -> s.arguments();
            case Statement.CallById s -> s.arguments();
            case Statement.Print s -> s.arguments();
            case Statement.PrintHistogram s -> s.keys();
            case Statement.Warn s -> List.of(s.message());
            case Statement.Raise s -> List.of(s.message());
            case Statement.Try _ -> List.of();
            case Statement.Match s -> List.of(s.text());
            case Statement.Answer s -> List.of(s.value());
            case Statement.Act s -> s.arguments();
        };
    }

    /** The statements directly inside a statement. */
    public static List<? extends Statement> parts(Statement statement) {
        return switch (statement) {
            case Statement.Block s -> s.statements();
            case Statement.If s -> List.of(s.then(), s.otherwise());
            case Statement.Loop s -> List.of(s.body(), s.update());
            case Statement.Foreach s -> List.of(s.body());
            case Statement.Try s -> List.of(s.body(), s.handler());
            case Statement.Match _,
                    Statement.Answer _,
                    Statement.Act _,
                    Statement.SetLocal _,
                    Statement.SetGlobal _,
                    Statement.AddGlobal _,
                    Statement.Feed _,
                    Statement.DeleteElement _,
                    Statement.DeleteGlobal _,
                    Statement.Break _,
                    Statement.Continue _,
                    Statement.Next _,
                    Statement.Return _,
                    Statement.Call _,
                    Statement.CallById _,
                    Statement.Print _,
                    Statement.PrintHistogram _,
                    Statement.Warn _,
                    Statement.Raise _,
                    Statement.Exit _ -> List.of();
        };
    }

    /** The locals that a statement, or one inside of it, gives a value. */
    public static void written(Statement root, Consumer<Local> visit) {
        statements(root, statement -> {
            switch (statement) {
                case Statement.SetLocal s -> visit.accept(s.local());
                case Statement.AddGlobal s -> accept(visit, s.result());
                case Statement.Call s -> accept(visit, s.result());
                case Statement.CallById s -> accept(visit, s.result());
                case Statement.Act s -> accept(visit, s.result());
                case Statement.Match s -> visit.accept(s.result());
                case Statement.Try s -> accept(visit, s.message());
                case Statement.Foreach s -> {
                    s.keys().forEach(visit);
                    accept(visit, s.value());
                }
                case Statement _ -> {}
            }
        });
    }

    private static void accept(Consumer<Local> visit, @Nullable Local local) {
        if (local != null) {
            visit.accept(local);
        }
    }

    /** Every statement, itself first. */
    public static void statements(Statement root, Consumer<Statement> visit) {
        visit.accept(root);
        for (var part : parts(root)) {
            statements(part, visit);
        }
    }

    /** Every expression, itself first. */
    public static void expressions(Expression root, Consumer<Expression> visit) {
        visit.accept(root);
        for (var operand : operands(root)) {
            expressions(operand, visit);
        }
    }

    /** Every expression of every statement. */
    public static void expressions(Statement root, Consumer<Expression> visit) {
        statements(root, statement -> {
            for (var operand : operands(statement)) {
                expressions(operand, visit);
            }
        });
    }

    private static List<Expression> present(List<@Nullable Expression> keys) {
        var found = new ArrayList<Expression>();
        for (var key : keys) {
            if (key != null) {
                found.add(key);
            }
        }
        return found;
    }

    private static List<Expression> with(List<Expression> first, @Nullable Expression last) {
        if (last == null) {
            return first;
        }
        var all = new ArrayList<>(first);
        all.add(last);
        return all;
    }
}
