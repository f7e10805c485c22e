package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Function;
import io.stapscope.compiler.ir.Handler;
import io.stapscope.compiler.ir.IrRewriter;
import io.stapscope.compiler.ir.IrWalk;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bodies of functions in the place of their calls, so that a handler that runs after the hit shows what memory
 * it reads. A function that returns from within a loop, or calls itself, stays a function.
 */
final class Inlining {
    /** Branches that both go on after a return double what follows; this is where that ends. */
    private static final int MOST_STATEMENTS = 4_000;

    private final List<Local> locals;
    private final Set<Integer> open = new HashSet<>();
    private int written;

    private Inlining(List<Local> locals) {
        this.locals = locals;
    }

    /** The function cannot be written in place of its call. */
    private static final class StaysException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StaysException() {
            super("stays a function", null, false, false);
        }
    }

    static Handler run(Handler handler) {
        var locals = new ArrayList<>(handler.locals());
        var pass = new Inlining(locals);
        var body = new Statement.Block(
                handler.body().span(), pass.all(handler.body().statements()));
        return new Handler(
                handler.id(),
                handler.span(),
                handler.point(),
                handler.place(),
                locals,
                handler.entries(),
                handler.captures(),
                body);
    }

    private List<Statement> all(List<? extends Statement> statements) {
        var out = new ArrayList<Statement>();
        for (var statement : statements) {
            if (statement instanceof Statement.Call call) {
                out.addAll(call(call));
            } else {
                out.add(inside(statement));
            }
        }
        return out;
    }

    private Statement.Block block(Statement.Block block) {
        return new Statement.Block(block.span(), all(block.statements()));
    }

    private Statement inside(Statement statement) {
        return switch (statement) {
            case Statement.Block s -> block(s);
            case Statement.If s -> new Statement.If(s.span(), s.condition(), block(s.then()), block(s.otherwise()));
            case Statement.Loop s -> new Statement.Loop(s.span(), block(s.body()), block(s.update()));
            case Statement.Foreach s ->
                new Statement.Foreach(
                        s.span(), s.global(), s.keys(), s.value(), s.slice(), s.sort(), s.limit(), block(s.body()));
            case Statement.Try s -> new Statement.Try(s.span(), block(s.body()), s.message(), block(s.handler()));
            case Statement.SetLocal _,
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
                    Statement.Match _,
                    Statement.Answer _,
                    Statement.Act _,
                    Statement.Exit _ -> statement;
        };
    }

    private List<Statement> call(Statement.Call call) {
        var function = call.function();
        if (!open.add(function.id())) {
            return List.of(call);
        }
        int mark = locals.size();
        try {
            return body(call, function);
        } catch (StaysException e) {
            locals.subList(mark, locals.size()).clear();
            return List.of(call);
        } finally {
            open.remove(function.id());
        }
    }

    private List<Statement> body(Statement.Call call, Function function) {
        int first = locals.size();
        for (var local : function.locals()) {
            locals.add(new Local(locals.size(), function.name() + "." + local.name(), local.type(), local.width()));
        }
        var out = new ArrayList<Statement>();
        for (int i = 0; i < function.locals().size(); i++) {
            var local = locals.get(first + i);
            var value = i < function.parameters() ? call.arguments().get(i) : zero(call.span(), local.type());
            out.add(new Statement.SetLocal(call.span(), local, value));
        }
        if (call.result() != null) {
            out.add(new Statement.SetLocal(
                    call.span(), call.result(), zero(call.span(), call.result().type())));
        }
        var renamed = new IrRewriter() {
            @Override
            protected Local local(Local local) {
                return locals.get(first + local.index());
            }
        }.block(function.body());
        out.addAll(all(tail(renamed.statements(), call.result())));
        return out;
    }

    /** The statements without returns: what would be left out after one stands in the other branch only. */
    private List<Statement> tail(List<? extends Statement> statements, @Nullable Local result) {
        var out = new ArrayList<Statement>();
        for (int i = 0; i < statements.size(); i++) {
            var rest = statements.subList(i + 1, statements.size());
            if (++written > MOST_STATEMENTS) {
                throw new StaysException();
            }
            switch (statements.get(i)) {
                case Statement.Return s -> {
                    if (result != null && s.value() != null) {
                        out.add(new Statement.SetLocal(s.span(), result, s.value()));
                    }
                    return out;
                }
                case Statement.Block s
                when returns(s) -> {
                    out.addAll(tail(joined(s.statements(), rest), result));
                    return out;
                }
                case Statement.If s
                when returns(s) -> {
                    out.add(new Statement.If(
                            s.span(),
                            s.condition(),
                            new Statement.Block(
                                    s.then().span(), tail(joined(s.then().statements(), rest), result)),
                            new Statement.Block(
                                    s.otherwise().span(),
                                    tail(joined(s.otherwise().statements(), rest), result))));
                    return out;
                }
                case Statement s when returns(s) -> throw new StaysException();
                case Statement s -> out.add(s);
            }
        }
        return out;
    }

    private static boolean returns(Statement statement) {
        var found = new boolean[1];
        IrWalk.statements(statement, part -> found[0] |= part instanceof Statement.Return);
        return found[0];
    }

    private static List<Statement> joined(List<? extends Statement> first, List<? extends Statement> rest) {
        var all = new ArrayList<Statement>(first);
        all.addAll(rest);
        return all;
    }

    static Expression zero(Span span, Type type) {
        return type == Type.STRING ? new Expression.StringLiteral(span, "") : new Expression.LongLiteral(span, 0);
    }
}
