package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.KernelNotation;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.type.Type;
import io.stapscope.host.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the BPF generator can run at the hit. Everything else is deferred: the kernel sends what was true at the
 * hit, and user space does the work a moment later. When in doubt it refuses: a handler that is deferred without need
 * still gives the right answer.
 */
final class KernelSubset {
    private final Limits limits;
    private final Host host;

    KernelSubset(Limits limits, Host host) {
        this.limits = limits;
        this.host = host;
    }

    /** Since Linux 6.17. Asked only when a script needs it: reading the kernel's types takes a while. */
    private boolean comparesStrings() {
        return host.types().hasFunction("bpf_strcmp");
    }

    /** What keeps a handler from running in the kernel, null when nothing does. */
    @Nullable
    String refusal(Handler handler) {
        return refusal(handler.body(), 0);
    }

    /** What keeps an entry value from being computed in the kernel, null when nothing does. */
    @Nullable
    String refusal(Expression value) {
        return first(value);
    }

    private @Nullable String refusal(Statement statement, int depth) {
        var reason = own(statement, depth);
        for (var operand : IrWalk.operands(statement)) {
            reason = reason == null ? first(operand) : reason;
        }
        for (var part : IrWalk.parts(statement)) {
            reason = reason == null ? refusal(part, depth) : reason;
        }
        return reason;
    }

    private @Nullable String own(Statement statement, int depth) {
        return switch (statement) {
            // Hash maps cannot be walked in insertion order, nor sorted, in the kernel.
            case Statement.Foreach _ -> "foreach";
            case Statement.PrintHistogram _ -> "printing a histogram";
            case Statement.Match _ -> "a regular expression";
            case Statement.Act s -> s.function().word() + "()";
            case Statement.Answer _ -> "$value";
            case Statement.CallById _ -> "recursion";
            // Functions are inlined, so their depth is bounded.
            case Statement.Call s ->
                depth + 1 >= limits.maxNesting()
                        ? "calls this deep"
                        : refusal(s.function().body(), depth + 1);
            // Counters in the kernel are never reset: user space remembers what was deleted.
            case Statement.DeleteGlobal s ->
                s.global().isArray() || s.global().isStatistic() ? "deleting all elements" : null;
            case Statement.DeleteElement s ->
                s.global().isStatistic() || s.keys().contains(null) ? "this delete" : wrap(s.global());
            case Statement.SetGlobal s -> wrap(s.global());
            case Statement.AddGlobal s -> wrap(s.global());
            case Statement.Feed s -> s.global().varianceShift() >= 0 ? "@variance" : wrap(s.global());
            case Statement.Block _,
                    Statement.SetLocal _,
                    Statement.If _,
                    Statement.Loop _,
                    Statement.Try _,
                    Statement.Break _,
                    Statement.Continue _,
                    Statement.Next _,
                    Statement.Return _,
                    Statement.Print _,
                    Statement.Warn _,
                    Statement.Raise _,
                    Statement.Exit _ -> null;
        };
    }

    /** The first reason among an expression and all it holds. */
    private @Nullable String first(Expression expression) {
        var reason = own(expression);
        for (var operand : IrWalk.operands(expression)) {
            reason = reason == null ? first(operand) : reason;
        }
        return reason;
    }

    private @Nullable String own(Expression expression) {
        return switch (expression) {
            // Reading a statistic needs the values of all CPUs.
            case Expression.Extract _, Expression.Bucket _ -> "reading a statistic";
            case Expression.Library e -> e.function().word() + "()";
            case Expression.Formatted e ->
                KernelNotation.of(e, value -> FormatFlattening.width(value, limits.maxStringLength())) == null
                        ? "sprintf as a value"
                        : null;
            case Expression.Contains e ->
                e.global().isStatistic() || e.keys().contains(null) ? "this membership test" : wrap(e.global());
            case Expression.ReadGlobal e -> wrap(e.global());
            case Expression.Compare e ->
                e.left().type() == Type.STRING && !isNameTest(e) && !comparesStrings() ? "comparing strings" : null;
            case Expression.LongLiteral _,
                    Expression.StringLiteral _,
                    Expression.ReadLocal _,
                    Expression.Unary _,
                    Expression.Binary _,
                    Expression.And _,
                    Expression.Or _,
                    Expression.Conditional _,
                    Expression.Concatenate _,
                    Expression.Context _,
                    Expression.Argument _,
                    Expression.Entry _,
                    Expression.Capture _,
                    Expression.TraceArgument _,
                    Expression.Register _,
                    Expression.Load _,
                    Expression.LoadString _,
                    Expression.TableText _,
                    Expression.Snapshot _,
                    Expression.Stack _ -> null;
            case Expression.Builtin e -> e.function().isOnlyInUserSpace() ? "the text of a system call" : null;
        };
    }

    /** {@code execname() == "literal"} is compared word by word, on any kernel. */
    private static boolean isNameTest(Expression.Compare e) {
        return (e.relation() == Expression.Relation.EQUAL || e.relation() == Expression.Relation.NOT_EQUAL)
                && e.left() instanceof Expression.Context
                && e.right() instanceof Expression.StringLiteral;
    }

    /** An array that drops its oldest element has to know which one that is. */
    private static @Nullable String wrap(Global global) {
        return global.isArray() && global.wrap() ? "an array that wraps" : null;
    }

    /** Whether a value needs nothing but the hit itself, so that the kernel can send it. */
    static boolean isOfTheHit(Expression value) {
        boolean own =
                switch (value) {
                    case Expression.LongLiteral _,
                            Expression.StringLiteral _,
                            Expression.Context _,
                            Expression.Argument _,
                            Expression.Entry _,
                            Expression.Unary _,
                            Expression.Binary _,
                            Expression.Compare _,
                            Expression.And _,
                            Expression.Or _,
                            Expression.Conditional _,
                            Expression.Concatenate _,
                            Expression.TraceArgument _,
                            Expression.Register _,
                            Expression.Load _,
                            Expression.LoadString _,
                            Expression.TableText _,
                            Expression.Snapshot _,
                            Expression.Stack _ -> true;
                    case Expression.Builtin e -> !e.function().isOnlyInUserSpace();
                    case Expression.ReadLocal _,
                            Expression.ReadGlobal _,
                            Expression.Contains _,
                            Expression.Formatted _,
                            Expression.Capture _,
                            Expression.Bucket _,
                            Expression.Library _,
                            Expression.Extract _ -> false;
                };
        return own && IrWalk.operands(value).stream().allMatch(KernelSubset::isOfTheHit);
    }

    /** Whether a value is read from memory, which only the kernel can do at the hit. */
    static boolean readsMemory(Expression value) {
        return switch (value) {
            case Expression.Load _, Expression.LoadString _ -> true;
            case Expression.Builtin e ->
                List.of(
                                BuiltinFunction.USER_STRING,
                                BuiltinFunction.USER_STRING_OR,
                                BuiltinFunction.TASK_OF,
                                BuiltinFunction.USER_REGISTER)
                        .contains(e.function());
            case Expression _ -> false;
        };
    }
}
