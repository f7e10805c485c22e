package io.stapscope.compiler.ir;

import io.stapscope.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One effect, or control around effects. Loops are structured; each statement costs one action. */
public sealed interface Statement {
    Span span();

    record Block(Span span, List<Statement> statements) implements Statement {
        public Block {
            statements = List.copyOf(statements);
        }
    }

    record SetLocal(Span span, Local local, Expression value) implements Statement {}

    /** {@code global[keys] = value}; creates the element. */
    record SetGlobal(Span span, Global global, List<Expression> keys, Expression value) implements Statement {
        public SetGlobal {
            keys = List.copyOf(keys);
        }
    }

    /**
     * {@code global[keys] += value}, atomic; creates the element.
     *
     * @param result takes the value after the addition, null when nobody reads it
     */
    record AddGlobal(
            Span span,
            Global global,
            List<Expression> keys,
            Expression value,
            @Nullable Local result) implements Statement {
        public AddGlobal {
            keys = List.copyOf(keys);
        }
    }

    /** {@code global[keys] <<< value}; creates the element. */
    record Feed(Span span, Global global, List<Expression> keys, Expression value) implements Statement {
        public Feed {
            keys = List.copyOf(keys);
        }
    }

    /** {@code delete global[keys]}; a null key part stands for {@code *}. */
    record DeleteElement(Span span, Global global, List<@Nullable Expression> keys) implements Statement {}

    /** {@code delete global}: all elements, or a scalar back to 0 or "" (not to its initial value). */
    record DeleteGlobal(Span span, Global global) implements Statement {}

    record If(Span span, Expression condition, Block then, Block otherwise) implements Statement {}

    /**
     * Repeats body, then update, until a {@link Break}. {@link Continue} goes to update. A {@code while} is a loop whose
     * body begins with {@code if (!condition) break}.
     */
    record Loop(Span span, Block body, Block update) implements Statement {}

    /**
     * Visits the elements as they stand at the start of the loop.
     *
     * @param keys locals that take the key parts
     * @param value local that takes the value ({@code foreach (v = k in A)}), null when not asked for
     * @param slice key parts that must match, null for any; empty for no slice
     * @param limit most turns, evaluated once
     */
    record Foreach(
            Span span,
            Global global,
            List<Local> keys,
            @Nullable Local value,
            List<@Nullable Expression> slice,
            @Nullable Sort sort,
            @Nullable Expression limit,
            Block body)
            implements Statement {}

    /**
     * @param key position of the key part to sort by, -1 for the value
     * @param extractor what of a statistic to sort by
     */
    record Sort(int key, boolean descending, Expression.@Nullable Extractor extractor) {}

    record Break(Span span) implements Statement {}

    record Continue(Span span) implements Statement {}

    /** Leaves the handler. */
    record Next(Span span) implements Statement {}

    /** Leaves the function. */
    record Return(Span span, @Nullable Expression value) implements Statement {}

    /** Calls a function; {@code result} takes what it returns, null when nobody reads it. */
    record Call(
            Span span,
            Function function,
            List<Expression> arguments,
            @Nullable Local result) implements Statement {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Calls a function that is called before it is complete: recursion. As {@link Call}, by id. */
    record CallById(
            Span span,
            int function,
            List<Expression> arguments,
            @Nullable Local result) implements Statement {
        public CallById {
            arguments = List.copyOf(arguments);
        }
    }

    /** Output to the console: printf, print, println, log. */
    record Print(Span span, Format format, List<Expression> arguments) implements Statement {
        public Print {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code print(@hist_log(x))} and {@code print(@hist_linear(x, ...))}. */
    record PrintHistogram(Span span, Global global, List<Expression> keys, boolean linear) implements Statement {
        public PrintHistogram {
            keys = List.copyOf(keys);
        }
    }

    /** {@code warn("...")}: a line {@code WARNING: ...} on the error stream. */
    record Warn(Span span, Expression message) implements Statement {}

    /** {@code error("...")}: a soft error, ends the handler. */
    record Raise(Span span, Expression message) implements Statement {}

    /** {@code exit()}: this handler goes on to its end; no other starts. */
    record Exit(Span span) implements Statement {}

    /**
     * {@code try { body } catch (message) { handler }}: a soft error in the body goes to the handler.
     *
     * @param message takes the text of the error without its place; null when not asked for
     */
    record Try(Span span, Block body, @Nullable Local message, Block handler) implements Statement {}

    /**
     * Looks for a pattern in a text and remembers the match for {@code matched()} and {@code ngroups()}.
     *
     * @param pattern POSIX extended regular expression, checked
     * @param result takes 1 or 0
     */
    record Match(Span span, Expression text, String pattern, Local result) implements Statement {}

    /**
     * A function with an effect or a state that only user space has.
     *
     * @param result takes what it gives; null when nobody reads it or it gives nothing
     */
    record Act(
            Span span,
            ActionFunction function,
            List<Expression> arguments,
            @Nullable Local result) implements Statement {
        public Act {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * {@code $value = text} and {@code $value .= text} where a file is read: what the reader gets.
     *
     * @param append whether it is added to what is there already
     */
    record Answer(Span span, Expression value, boolean append) implements Statement {}
}
