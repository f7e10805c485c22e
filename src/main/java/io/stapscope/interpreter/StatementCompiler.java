package io.stapscope.interpreter;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.Local;
import io.stapscope.compiler.ir.SoftErrorText;
import io.stapscope.compiler.ir.Statement;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.Code.Flow;
import io.stapscope.interpreter.format.Formatter;
import io.stapscope.statistics.HistogramText;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Statements to function objects.
 *
 * @param routines functions of the script by id, compiled when they are first called
 */
record StatementCompiler(
        Limits limits, GlobalStore store, ExpressionCompiler expressions, IntFunction<Routine> routines) {
    Code.Step block(Statement.Block block) {
        var statements = block.statements();
        var steps = statements.stream().map(this::step).toArray(Code.Step[]::new);
        var spans = statements.stream().map(Statement::span).toArray(Span[]::new);
        var charged = new boolean[steps.length];
        for (int i = 0; i < steps.length; i++) {
            // Braces cost nothing, what they hold does.
            charged[i] = !(statements.get(i) instanceof Statement.Block);
        }
        return frame -> {
            for (int i = 0; i < steps.length; i++) {
                if (charged[i]) {
                    frame.hit.charge(spans[i]);
                }
                var flow = steps[i].run(frame);
                if (flow != Flow.ON) {
                    return flow;
                }
            }
            return Flow.ON;
        };
    }

    private Code.Step step(Statement statement) {
        return switch (statement) {
            case Statement.Block block -> block(block);
            case Statement.SetLocal set -> setLocal(set);
            case Statement.SetGlobal set -> setGlobal(set);
            case Statement.AddGlobal add -> addGlobal(add);
            case Statement.Feed feed -> feed(feed);
            case Statement.DeleteElement delete -> deleteElement(delete);
            case Statement.DeleteGlobal delete -> does(_ -> store.clear(delete.global()));
            case Statement.If choice -> {
                var condition = expressions.number(choice.condition());
                var then = block(choice.then());
                var otherwise = block(choice.otherwise());
                yield frame -> condition.value(frame) != 0 ? then.run(frame) : otherwise.run(frame);
            }
            case Statement.Loop loop -> loop(loop);
            case Statement.Foreach foreach -> new ForeachLoop(foreach, block(foreach.body()), expressions);
            case Statement.Break _ -> _ -> Flow.BREAK;
            case Statement.Continue _ -> _ -> Flow.CONTINUE;
            case Statement.Next _ -> _ -> Flow.NEXT;
            case Statement.Return result -> returned(result.value());
            case Statement.Call call -> call(call.span(), call.function().id(), call.arguments(), call.result());
            case Statement.CallById call -> call(call.span(), call.function(), call.arguments(), call.result());
            case Statement.Print print -> print(print);
            case Statement.PrintHistogram print -> printHistogram(print);
            case Statement.Warn warn -> {
                var message = expressions.text(warn.message());
                yield does(frame -> frame.hit.warn(message.value(frame)));
            }
            case Statement.Raise raise -> {
                var message = expressions.text(raise.message());
                yield frame -> {
                    throw SoftError.said(message.value(frame), raise.span());
                };
            }
            case Statement.Try tried -> tried(tried);
            case Statement.Match match -> match(match);
            case Statement.Act act -> ActionCalls.step(act, new ArgumentList(act.arguments(), expressions));
            case Statement.Answer answer -> {
                var text = expressions.text(answer.value());
                yield does(frame -> frame.hit.context.answer(text.value(frame), answer.append()));
            }
            case Statement.Exit _ -> does(frame -> frame.hit.exit = true);
        };
    }

    /** An effect after which execution goes on. */
    private interface Effect {
        void on(Frame frame);
    }

    private static Code.Step does(Effect effect) {
        return frame -> {
            effect.on(frame);
            return Flow.ON;
        };
    }

    private Code.Step setLocal(Statement.SetLocal set) {
        int index = set.local().index();
        if (set.local().type() == Type.STRING) {
            var value = expressions.text(set.value());
            return does(frame -> frame.texts[index] = value.value(frame));
        }
        var value = expressions.number(set.value());
        return does(frame -> frame.numbers[index] = value.value(frame));
    }

    private Code.Step setGlobal(Statement.SetGlobal set) {
        var keys = expressions.keys(set.keys());
        if (set.global().value() == Type.STRING) {
            var value = expressions.text(set.value());
            return frame -> {
                var at = keys.value(frame);
                return write(set.global(), at, value.value(frame), set.span());
            };
        }
        var value = expressions.number(set.value());
        return frame -> {
            var at = keys.value(frame);
            return write(set.global(), at, value.value(frame), set.span());
        };
    }

    private Flow write(Global global, List<Object> keys, Object value, Span span) {
        try {
            store.write(global, keys, value);
        } catch (ArrayOverflowException _) {
            throw overflow(global, span);
        }
        return Flow.ON;
    }

    private SoftError overflow(Global global, Span span) {
        return new SoftError(SoftErrorText.arrayOverflow(global, span, limits), span);
    }

    private Code.Step addGlobal(Statement.AddGlobal add) {
        var keys = expressions.keys(add.keys());
        var value = expressions.number(add.value());
        int result = indexOf(add.result());
        return frame -> {
            var at = keys.value(frame);
            try {
                long sum = store.add(add.global(), at, value.value(frame));
                if (result >= 0) {
                    frame.numbers[result] = sum;
                }
            } catch (ArrayOverflowException _) {
                throw overflow(add.global(), add.span());
            }
            return Flow.ON;
        };
    }

    private static int indexOf(@Nullable Local local) {
        return local == null ? -1 : local.index();
    }

    private Code.Step feed(Statement.Feed feed) {
        var keys = expressions.keys(feed.keys());
        var value = expressions.number(feed.value());
        return frame -> {
            var at = keys.value(frame);
            try {
                store.feed(feed.global(), at, value.value(frame));
            } catch (ArrayOverflowException _) {
                throw overflow(feed.global(), feed.span());
            }
            return Flow.ON;
        };
    }

    private Code.Step deleteElement(Statement.DeleteElement delete) {
        var global = delete.global();
        var keys = expressions.wholeKey(delete.keys());
        if (keys != null) {
            return does(frame -> store.delete(global, keys.value(frame)));
        }
        var slice = expressions.slice(delete.keys());
        return does(frame -> {
            var pattern = slice.value(frame);
            for (var element : store.elements(global)) {
                if (pattern.matches(element.keys())) {
                    store.delete(global, element.keys());
                }
            }
        });
    }

    private Code.Step loop(Statement.Loop loop) {
        var body = block(loop.body());
        var update = block(loop.update());
        return frame -> {
            while (true) {
                // A turn costs an action of its own, or an empty endless loop would never end.
                frame.hit.charge(loop.span());
                var flow = body.run(frame);
                if (flow == Flow.BREAK) {
                    return Flow.ON;
                }
                if (flow == Flow.RETURN || flow == Flow.NEXT) {
                    return flow;
                }
                update.run(frame);
            }
        };
    }

    private Code.Step returned(@Nullable Expression value) {
        if (value == null) {
            return _ -> Flow.RETURN;
        }
        if (value.type() == Type.STRING) {
            var text = expressions.text(value);
            return frame -> {
                frame.returnedText = text.value(frame);
                return Flow.RETURN;
            };
        }
        var number = expressions.number(value);
        return frame -> {
            frame.returnedNumber = number.value(frame);
            return Flow.RETURN;
        };
    }

    private Code.Step call(Span span, int function, List<Expression> arguments, @Nullable Local result) {
        var routine = routines.apply(function);
        var values = new ArgumentList(arguments, expressions);
        return frame -> {
            var callee = new Frame(frame.hit, routine.shape());
            routine.pass(values.evaluate(frame), callee);
            frame.hit.enter(routine.name(), span, limits.maxNesting());
            var flow = routine.body().run(callee);
            frame.hit.leave();
            if (result != null) {
                frame.set(result, result.type() == Type.STRING ? callee.returnedText : (Object) callee.returnedNumber);
            }
            return flow == Flow.NEXT ? Flow.NEXT : Flow.ON;
        };
    }

    /** A soft error in the body goes to the handler; what the body did stays done. */
    private Code.Step tried(Statement.Try tried) {
        var body = block(tried.body());
        var handler = block(tried.handler());
        var message = tried.message();
        return frame -> {
            int depth = frame.hit.depth();
            try {
                return body.run(frame);
            } catch (SoftError error) {
                if (error.isFinal()) {
                    throw error;
                }
                frame.hit.leaveTo(depth);
                if (message != null) {
                    frame.set(message, expressions.cut(error.bareText()));
                }
                return handler.run(frame);
            }
        };
    }

    private Code.Step match(Statement.Match match) {
        var text = expressions.text(match.text());
        var regex = Patterns.compiled(match.pattern());
        int result = match.result().index();
        return does(frame -> {
            var subject = text.value(frame);
            boolean found = regex.occursIn(subject);
            if (found) {
                frame.hit.library.matched(regex, subject);
            }
            frame.numbers[result] = found ? 1 : 0;
        });
    }

    private Code.Step print(Statement.Print print) {
        var formatter = Formatter.of(print.format());
        var arguments = new ArgumentList(print.arguments(), expressions);
        return does(frame -> {
            formatter.append(arguments.evaluate(frame), frame.hit.out);
            frame.hit.printed();
        });
    }

    private Code.Step printHistogram(Statement.PrintHistogram print) {
        var keys = expressions.keys(print.keys());
        return does(frame -> {
            var aggregate = store.extract(print.global(), keys.value(frame));
            var linear = aggregate.linear();
            if (aggregate.isEmpty()) {
                throw new SoftError(SoftErrorText.emptyHistogram(print), print.span());
            }
            if (print.linear() && linear == null) {
                throw new IllegalStateException(print.global().name() + " has no linear histogram");
            }
            frame.hit.out.append(
                    print.linear() && linear != null
                            ? HistogramText.linear(linear)
                            : HistogramText.log(aggregate.histogram()));
            frame.hit.printed();
        });
    }
}
