package io.stapscope.compiler.elaboration;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.BinaryOperator;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from a probe to a point that is being looked at.
 *
 * @param place where the script names it
 * @param optional whether a missing point is dropped in silence
 * @param ofWildcard whether it is one of those that a wildcard stands for
 * @param aliases those on the way so far
 */
record Use(
        Span place,
        boolean optional,
        boolean ofWildcard,
        List<ExpressionNode> conditions,
        List<DeclarationNode.Alias> aliases) {
    static Use of(Span place, @Nullable ExpressionNode condition) {
        return new Use(place, false, false, condition == null ? List.of() : List.of(condition), List.of());
    }

    Use through(DeclarationNode.Alias alias, boolean dropped) {
        var longer = new ArrayList<>(aliases);
        longer.add(alias);
        return new Use(place, optional || dropped, ofWildcard, conditions, longer);
    }

    Use onlyIf(@Nullable ExpressionNode condition) {
        if (condition == null) {
            return this;
        }
        var more = new ArrayList<>(conditions);
        more.add(condition);
        return new Use(place, optional, ofWildcard, more, aliases);
    }

    Use throughWildcard() {
        return new Use(place, true, true, conditions, aliases);
    }

    /** All conditions in one. */
    @Nullable
    ExpressionNode condition() {
        return conditions.stream()
                .reduce((left, right) ->
                        new ExpressionNode.Binary(left.span(), BinaryOperator.LOGICAL_AND, left, right))
                .orElse(null);
    }
}
