package io.stapscope.compiler.elaboration;

import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The body that runs at a point: prologues, the handler, epilogues, all in one scope.
 *
 * @param probe whose handler it is
 * @param aliases those on the way from the probe to the point, in this order
 */
public record Composition(DeclarationNode.Probe probe, List<DeclarationNode.Alias> aliases, StatementNode.Block body) {
    public Composition {
        aliases = List.copyOf(aliases);
    }

    /** The body alone, for a probe none of whose points exists. */
    public static Composition of(DeclarationNode.Probe probe) {
        return of(probe, List.of());
    }

    static Composition of(DeclarationNode.Probe probe, List<DeclarationNode.Alias> aliases) {
        var handler = probe.body();
        var statements = new ArrayList<StatementNode>();
        for (var alias : aliases.reversed()) {
            if (alias.prologue() != null) {
                statements.add(alias.prologue());
            }
        }
        statements.add(handler);
        for (var alias : aliases) {
            if (alias.epilogue() != null) {
                statements.add(alias.epilogue());
            }
        }
        return new Composition(
                probe, aliases, statements.size() == 1 ? handler : new StatementNode.Block(handler.span(), statements));
    }
}
