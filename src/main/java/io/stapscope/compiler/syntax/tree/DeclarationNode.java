package io.stapscope.compiler.syntax.tree;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.ExpressionNode.NumberLiteral;
import io.stapscope.compiler.syntax.tree.StatementNode.Block;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands at the top level of a script. */
public sealed interface DeclarationNode {
    /** From its first keyword to its end. */
    Span span();

    /** {@code probe POINT, POINT { body }}. */
    record Probe(Span span, List<ProbePointNode> points, Block body) implements DeclarationNode {
        public Probe {
            points = List.copyOf(points);
        }
    }

    /**
     * {@code probe A = B = POINT, POINT { prologue }, { epilogue }} and {@code probe A += POINT { epilogue }}.
     *
     * @param names the aliases, each without marks or conditions
     * @param prologue runs before the body of whoever uses the alias; null for {@code +=}
     * @param epilogue runs after it; null unless written
     */
    record Alias(
            Span span,
            List<ProbePointNode> names,
            List<ProbePointNode> points,
            @Nullable Block prologue,
            @Nullable Block epilogue)
            implements DeclarationNode {
        public Alias {
            names = List.copyOf(names);
            points = List.copyOf(points);
        }
    }

    /**
     * One name of a {@code global} line.
     *
     * @param size {@code [N]}: most elements; null when not written
     * @param wrap {@code %}: a full array drops its oldest element
     * @param initial a number or string literal
     */
    record Global(
            Span span,
            boolean isPrivate,
            Name name,
            @Nullable NumberLiteral size,
            boolean wrap,
            @Nullable ExpressionNode initial)
            implements DeclarationNode {}

    /** {@code function NAME:TYPE (PARAMETERS) :PRIORITY { body }}. */
    record Function(
            Span span,
            boolean isPrivate,
            Name name,
            @Nullable TypeName type,
            List<Parameter> parameters,
            @Nullable NumberLiteral priority,
            Block body)
            implements DeclarationNode {
        public Function {
            parameters = List.copyOf(parameters);
        }
    }

    record Parameter(Span span, Name name, @Nullable TypeName type) {}
}
