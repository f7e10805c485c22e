package io.stapscope.interpreter;

import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Binary;
import io.stapscope.compiler.ir.Expression.Compare;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.LibraryFunction;
import io.stapscope.compiler.ir.Limits;
import io.stapscope.compiler.ir.SoftErrorText;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import io.stapscope.interpreter.format.Formatter;
import io.stapscope.statistics.HistogramText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions to function objects. Operands are evaluated from left to right.
 *
 * @param captures of the handler the expressions belong to, for hits that come without their values
 */
record ExpressionCompiler(Limits limits, GlobalStore store, SessionFacts facts, List<Expression> captures) {
    Code.Number number(Expression expression) {
        return switch (expression) {
            case Expression.LongLiteral literal -> {
                long value = literal.value();
                yield _ -> value;
            }
            case Expression.ReadLocal read -> {
                int index = read.local().index();
                yield frame -> frame.numbers[index];
            }
            case Expression.ReadGlobal read -> {
                var keys = keys(read.keys());
                yield frame -> (Long) store.read(read.global(), keys.value(frame));
            }
            case Expression.Contains contains -> contains(contains);
            case Expression.Unary unary -> unary(unary);
            case Binary binary -> ArithmeticCompiler.number(binary, number(binary.left()), number(binary.right()));
            case Compare compare -> compare(compare);
            case Expression.And and -> {
                var left = number(and.left());
                var right = number(and.right());
                yield frame -> left.value(frame) != 0 && right.value(frame) != 0 ? 1 : 0;
            }
            case Expression.Or or -> {
                var left = number(or.left());
                var right = number(or.right());
                yield frame -> left.value(frame) != 0 || right.value(frame) != 0 ? 1 : 0;
            }
            case Expression.Conditional choice -> {
                var condition = number(choice.condition());
                var then = number(choice.then());
                var otherwise = number(choice.otherwise());
                yield frame -> condition.value(frame) != 0 ? then.value(frame) : otherwise.value(frame);
            }
            case Expression.Context context -> contextNumber(context.value());
            case Expression.Argument argument -> frame -> frame.hit.context.argument(argument.number());
            case Expression.Entry entry -> frame -> frame.hit.context.entryNumber(entry.slot());
            case Expression.Capture capture -> {
                int slot = capture.slot();
                var computed = slot < captures.size() ? number(captures.get(slot)) : null;
                yield frame -> computed == null || frame.hit.context.hasCaptures()
                        ? frame.hit.context.captureNumber(slot)
                        : computed.value(frame);
            }
            case Expression.Builtin builtin -> builtinNumber(builtin);
            case Expression.Extract extract -> extract(extract);
            case Expression.Bucket bucket -> bucket(bucket);
            case Expression.Library library
            when library.function() == LibraryFunction.STACK_ADDRESS ->
                StackCalls.number(library, new ArgumentList(library.arguments(), this), facts);
            case Expression.Library library ->
                LibraryCalls.number(library, new ArgumentList(library.arguments(), this));
            case Expression.Load load when load.otherwise() != null -> number(load.otherwise());
            case Expression.TraceArgument _, Expression.Register _, Expression.Load _ ->
                _ -> {
                    throw unreadable(expression);
                };
            case Expression.LoadString _,
                    Expression.TableText _,
                    Expression.Snapshot _,
                    Expression.Stack _,
                    Expression.StringLiteral _,
                    Expression.Concatenate _,
                    Expression.Formatted _ ->
                throw new IllegalArgumentException("a string where a number belongs at " + expression.span());
        };
    }

    Code.Text text(Expression expression) {
        return switch (expression) {
            case Expression.StringLiteral literal -> {
                var value = cut(literal.value());
                yield _ -> value;
            }
            case Expression.ReadLocal read -> {
                int index = read.local().index();
                yield frame -> frame.texts[index];
            }
            case Expression.ReadGlobal read -> {
                var keys = keys(read.keys());
                yield frame -> (String) store.read(read.global(), keys.value(frame));
            }
            case Expression.Conditional choice -> {
                var condition = number(choice.condition());
                var then = text(choice.then());
                var otherwise = text(choice.otherwise());
                yield frame -> condition.value(frame) != 0 ? then.value(frame) : otherwise.value(frame);
            }
            case Expression.Concatenate concatenate -> {
                var left = text(concatenate.left());
                var right = text(concatenate.right());
                yield frame -> cut(left.value(frame).concat(right.value(frame)));
            }
            case Expression.Formatted formatted -> formatted(formatted);
            case Expression.Context context -> frame -> frame.hit.context.text(context.value());
            case Expression.Entry entry -> frame -> frame.hit.context.entryText(entry.slot());
            case Expression.Capture capture -> {
                int slot = capture.slot();
                var computed = slot < captures.size() ? text(captures.get(slot)) : null;
                yield frame -> computed == null || frame.hit.context.hasCaptures()
                        ? frame.hit.context.captureText(slot)
                        : computed.value(frame);
            }
            case Expression.Builtin builtin -> builtinText(builtin);
            case Expression.TableText lookup -> {
                var index = number(lookup.index());
                yield frame -> lookup.table().text(index.value(frame));
            }
            case Expression.Library library
            when !library.function().isPublic() ->
                StackCalls.text(library, new ArgumentList(library.arguments(), this), facts, limits.maxStringLength());
            case Expression.Library library ->
                LibraryCalls.text(library, new ArgumentList(library.arguments(), this), limits.maxStringLength());
            case Expression.LoadString load when load.otherwise() != null -> text(load.otherwise());
            // Where no thread was interrupted, as in begin, there is no stack.
            case Expression.Stack _ -> _ -> "";
            case Expression.LoadString _, Expression.Snapshot _ ->
                _ -> {
                    throw unreadable(expression);
                };
            case Expression.Bucket _,
                    Expression.TraceArgument _,
                    Expression.Register _,
                    Expression.Load _,
                    Expression.LongLiteral _,
                    Expression.Contains _,
                    Expression.Unary _,
                    Binary _,
                    Compare _,
                    Expression.And _,
                    Expression.Or _,
                    Expression.Argument _,
                    Expression.Extract _ ->
                throw new IllegalArgumentException("a number where a string belongs at " + expression.span());
        };
    }

    /** Memory changes: what it held at a hit only the kernel could see then. */
    private static SoftError unreadable(Expression expression) {
        return new SoftError(SoftErrorText.memoryIsGone(expression.span()), expression.span());
    }

    Code.Keys keys(List<Expression> parts) {
        if (parts.isEmpty()) {
            return _ -> List.of();
        }
        var arguments = new ArgumentList(parts, this);
        return frame -> {
            var values = arguments.evaluate(frame);
            var keys = new Object[parts.size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = parts.get(i).type() == Type.STRING ? values.texts()[i] : (Object) values.numbers()[i];
            }
            return List.of(keys);
        };
    }

    /** A key of which some parts are open; no parts at all match every key. */
    Code.Slice slice(List<@Nullable Expression> parts) {
        var keys = keys(given(parts));
        return frame -> {
            var values = keys.value(frame);
            return candidate -> {
                int next = 0;
                for (int i = 0; i < parts.size(); i++) {
                    if (parts.get(i) != null && !values.get(next++).equals(candidate.get(i))) {
                        return false;
                    }
                }
                return true;
            };
        };
    }

    /** The key when no part of it is open, otherwise null. */
    Code.@Nullable Keys wholeKey(List<@Nullable Expression> parts) {
        var given = given(parts);
        return given.size() == parts.size() ? keys(given) : null;
    }

    private static List<Expression> given(List<@Nullable Expression> parts) {
        List<Expression> given = new ArrayList<>();
        for (var part : parts) {
            if (part != null) {
                given.add(part);
            }
        }
        return given;
    }

    /** The string as a variable can hold it. */
    String cut(String text) {
        int most = limits.maxStringLength() - 1;
        return text.length() > most ? text.substring(0, most) : text;
    }

    private Code.Number contains(Expression.Contains contains) {
        Global global = contains.global();
        var keys = wholeKey(contains.keys());
        if (keys != null) {
            return frame -> store.contains(global, keys.value(frame)) ? 1 : 0;
        }
        var slice = slice(contains.keys());
        return frame -> {
            var pattern = slice.value(frame);
            return store.elements(global).stream().anyMatch(element -> pattern.matches(element.keys())) ? 1 : 0;
        };
    }

    private Code.Number unary(Expression.Unary unary) {
        var operand = number(unary.operand());
        return switch (unary.operator()) {
            case NEGATE -> frame -> -operand.value(frame);
            case NOT -> frame -> operand.value(frame) == 0 ? 1 : 0;
            case COMPLEMENT -> frame -> ~operand.value(frame);
        };
    }

    private Code.Number compare(Compare compare) {
        if (compare.left().type() == Type.STRING) {
            var left = text(compare.left());
            var right = text(compare.right());
            // The chars of byte strings are bytes, so this compares bytes as unsigned.
            return ArithmeticCompiler.relation(
                    compare.relation(), frame -> left.value(frame).compareTo(right.value(frame)), _ -> 0);
        }
        return ArithmeticCompiler.relation(compare.relation(), number(compare.left()), number(compare.right()));
    }

    private Code.Number contextNumber(ContextValue value) {
        return switch (value) {
            case TARGET -> _ -> facts.targetPid();
            case TIME_NANOS -> _ -> facts.wallNanos().getAsLong();
            case PID,
                    TID,
                    PPID,
                    UID,
                    GID,
                    CPU,
                    SYSCALL,
                    RETURN,
                    TASK,
                    USER_MODE,
                    ADDRESS,
                    USER_ADDRESS,
                    SITE,
                    RELOCATION -> frame -> frame.hit.context.number(value);
            case EXECNAME, INPUT -> throw new IllegalArgumentException(value + " is a string");
        };
    }

    private Code.Text formatted(Expression.Formatted formatted) {
        var formatter = Formatter.of(formatted.format());
        var arguments = new ArgumentList(formatted.arguments(), this);
        int most = limits.maxStringLength() - 1;
        return frame -> {
            var values = arguments.evaluate(frame);
            return upToNul(formatter.format(values, frame.hit.scratch, most));
        };
    }

    /** A string value ends at its first NUL, which only {@code %c} and {@code %b} can make. */
    private static String upToNul(String text) {
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    private Code.Number builtinNumber(Expression.Builtin builtin) {
        return switch (builtin.function()) {
            case STRLEN -> {
                var string = text(builtin.arguments().getFirst());
                yield frame -> string.value(frame).length();
            }
            case IN_TARGET_SET -> {
                var pid = number(builtin.arguments().getFirst());
                yield frame -> facts.targets().test(pid.value(frame)) ? 1 : 0;
            }
            case TASK_OF, USER_REGISTER ->
                _ -> {
                    throw unreadable(builtin);
                };
            case SUBSTR, USER_STRING, USER_STRING_OR, SYSCALL_ARGUMENTS, SYSCALL_VARIABLE, SYSCALL_RESULT ->
                throw new IllegalArgumentException(builtin.function().word() + " gives a string");
        };
    }

    private Code.Text builtinText(Expression.Builtin builtin) {
        return switch (builtin.function()) {
            case SUBSTR -> {
                var string = text(builtin.arguments().get(0));
                var start = number(builtin.arguments().get(1));
                var length = number(builtin.arguments().get(2));
                yield frame -> substring(string.value(frame), start.value(frame), length.value(frame));
            }
            case USER_STRING -> {
                var address = number(builtin.arguments().getFirst());
                yield frame -> userString(address.value(frame), null, builtin.span(), frame);
            }
            case USER_STRING_OR -> {
                var address = number(builtin.arguments().get(0));
                var otherwise = text(builtin.arguments().get(1));
                yield frame -> userString(address.value(frame), otherwise, builtin.span(), frame);
            }
            case SYSCALL_ARGUMENTS -> {
                var snapshot = text(builtin.arguments().getFirst());
                yield frame -> cut(facts.calls().arguments(snapshot.value(frame)));
            }
            case SYSCALL_VARIABLE -> {
                var snapshot = text(builtin.arguments().get(0));
                var name = text(builtin.arguments().get(1));
                yield frame -> cut(facts.calls().text(snapshot.value(frame), name.value(frame)));
            }
            case SYSCALL_RESULT -> {
                var number = number(builtin.arguments().get(0));
                var result = number(builtin.arguments().get(1));
                yield frame -> cut(facts.calls().returned(number.value(frame), result.value(frame)));
            }
            case STRLEN, IN_TARGET_SET, TASK_OF, USER_REGISTER ->
                throw new IllegalArgumentException(builtin.function().word() + " gives a number");
        };
    }

    private static String substring(String text, long start, long length) {
        if (start < 0 || start >= text.length() || length <= 0) {
            return "";
        }
        int from = (int) start;
        return text.substring(from, from + (int) Math.min(length, text.length() - from));
    }

    private String userString(long address, Code.@Nullable Text otherwise, Span span, Frame frame) {
        var text = frame.hit.context.userString(address);
        if (text != null) {
            return cut(text);
        }
        if (otherwise == null) {
            throw new SoftError(SoftErrorText.readFault(address, span), span);
        }
        return otherwise.value(frame);
    }

    private Code.Number bucket(Expression.Bucket bucket) {
        var keys = keys(bucket.keys());
        var index = number(bucket.index());
        return frame -> {
            var at = keys.value(frame);
            long number = index.value(frame);
            var aggregate = store.extract(bucket.global(), at);
            if (aggregate.isEmpty()) {
                throw new SoftError(SoftErrorText.emptyBucket(bucket), bucket.span());
            }
            var linear = bucket.linear() ? aggregate.linear() : null;
            int buckets = linear == null ? HistogramText.LOG_ROWS : linear.size();
            if (number < 0 || number >= buckets) {
                throw new SoftError(SoftErrorText.noSuchBucket(bucket), bucket.span());
            }
            return linear == null
                    ? HistogramText.logCounts(aggregate.histogram())[(int) number]
                    : linear.countAt((int) number);
        };
    }

    private Code.Number extract(Expression.Extract extract) {
        var keys = keys(extract.keys());
        return frame -> {
            var aggregate = store.extract(extract.global(), keys.value(frame));
            return switch (extract.extractor()) {
                case COUNT -> aggregate.count();
                case SUM -> aggregate.sum();
                case MIN, MAX, AVERAGE, VARIANCE -> {
                    if (aggregate.isEmpty()) {
                        throw new SoftError(SoftErrorText.emptyAggregate(extract), extract.span());
                    }
                    yield switch (extract.extractor()) {
                        case MIN -> aggregate.min();
                        case MAX -> aggregate.max();
                        case VARIANCE -> aggregate.variance();
                        case AVERAGE, COUNT, SUM -> aggregate.average();
                    };
                }
            };
        };
    }
}
