package io.stapscope.compiler.syntax.tree;

import io.stapscope.compiler.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in the body of a probe or function. */
public sealed interface StatementNode {
    Span span();

    record Block(Span span, List<StatementNode> statements) implements StatementNode {
        public Block {
            statements = List.copyOf(statements);
        }
    }

    /** {@code ;}. */
    record Empty(Span span) implements StatementNode {}

    /** An expression for its effect; the value is dropped. */
    record Evaluate(Span span, ExpressionNode expression) implements StatementNode {}

    record If(
            Span span,
            ExpressionNode condition,
            StatementNode then,
            @Nullable StatementNode otherwise) implements StatementNode {}

    record While(Span span, ExpressionNode condition, StatementNode body) implements StatementNode {}

    /** {@code for (initial; condition; update) body}; any part may be missing. */
    record For(
            Span span,
            @Nullable ExpressionNode initial,
            @Nullable ExpressionNode condition,
            @Nullable ExpressionNode update,
            StatementNode body)
            implements StatementNode {}

    /**
     * {@code foreach (value = [key, key] in array[slice] @op- limit n) body}.
     *
     * @param value takes the value of each element; null when not asked for
     * @param slice key parts that must match; empty for no slice
     * @param limit most turns
     */
    record Foreach(
            Span span,
            List<Name> keys,
            @Nullable Name value,
            ForeachSource source,
            List<KeyNode> slice,
            @Nullable Sort sort,
            @Nullable ExpressionNode limit,
            StatementNode body)
            implements StatementNode {
        public Foreach {
            keys = List.copyOf(keys);
            slice = List.copyOf(slice);
        }
    }

    /** What a {@code foreach} goes through. */
    sealed interface ForeachSource {
        Span span();

        record Array(Name name) implements ForeachSource {
            @Override
            public Span span() {
                return name.span();
            }
        }

        /** The buckets of a histogram. */
        record Buckets(ExpressionNode.Histogram histogram) implements ForeachSource {
            @Override
            public Span span() {
                return histogram.span();
            }
        }
    }

    /**
     * The order of a {@code foreach}.
     *
     * @param span the sign, with its operator if any
     * @param key position of the key part to sort by, from 0; -1 for the value
     * @param operator what of a statistic to sort by; null when not written (means {@code @count} for statistics)
     */
    record Sort(
            Span span,
            int key,
            boolean descending,
            @Nullable StatisticOperator operator) {}

    record Break(Span span) implements StatementNode {}

    record Continue(Span span) implements StatementNode {}

    /** Leaves the handler, or goes on to the next function of the same name. */
    record Next(Span span) implements StatementNode {}

    record Return(Span span, @Nullable ExpressionNode value) implements StatementNode {}

    /**
     * {@code delete name} or {@code delete name[keys]}.
     *
     * @param keys empty for the whole variable
     */
    record Delete(Span span, Name name, List<KeyNode> keys) implements StatementNode {
        public Delete {
            keys = List.copyOf(keys);
        }
    }

    /**
     * {@code try { body } catch (message) { handler }}.
     *
     * @param message takes the text of the error; null when not asked for
     */
    record Try(Span span, Block body, @Nullable Name message, Block handler) implements StatementNode {}
}
