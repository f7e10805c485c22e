package io.stapscope.compiler.analysis;

import io.stapscope.compiler.builtin.Builtins;
import io.stapscope.compiler.library.Library;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.ExpressionNode;
import io.stapscope.compiler.syntax.tree.Name;
import io.stapscope.compiler.syntax.tree.StatementNode;
import java.util.function.Consumer;

/**
 * Finds the functions and globals of the library that a script reaches, and what those reach in turn. A function of the
 * script or a built-in one of the same name and number of parameters stands before the library's.
 */
final class LibraryReach {
    private final Symbols symbols;
    private final Library library;
    private final Consumer<DeclarationNode> declare;

    private LibraryReach(Symbols symbols, Consumer<DeclarationNode> declare) {
        this.symbols = symbols;
        this.library = symbols.library();
        this.declare = declare;
    }

    static void run(Symbols symbols, Consumer<DeclarationNode> declare) {
        var pass = new LibraryReach(symbols, declare);
        for (var probe : symbols.probes()) {
            pass.visit(probe.body());
            probe.conditions().forEach(condition -> TreeWalk.expressions(condition, pass::expression));
        }
        // The list grows while it is walked: what is reached reaches more.
        for (int i = 0; i < symbols.functions().size(); i++) {
            pass.visit(symbols.functions().get(i).declaration().body());
        }
    }

    private void visit(StatementNode body) {
        TreeWalk.statements(body, statement -> {
            switch (statement) {
                case StatementNode.Foreach s -> {
                    if (s.source() instanceof StatementNode.ForeachSource.Array(var name)) {
                        global(name);
                    }
                    s.keys().forEach(this::global);
                    if (s.value() != null) {
                        global(s.value());
                    }
                }
                case StatementNode.Delete s -> global(s.name());
                case StatementNode _ -> {}
            }
        });
        TreeWalk.expressions(body, this::expression);
    }

    private void expression(ExpressionNode expression) {
        switch (expression) {
            case ExpressionNode.Call e -> call(e);
            case ExpressionNode.Variable e -> global(e.word());
            case ExpressionNode.Element e -> global(e.array());
            case ExpressionNode.Contains e -> global(e.array());
            case ExpressionNode _ -> {}
        }
    }

    private void call(ExpressionNode.Call call) {
        var name = call.function();
        int parameters = call.arguments().size();
        if (symbols.function(call) == null && Builtins.find(name.text(), parameters) == null) {
            library.functions(name.text(), parameters, name.span().source()).forEach(declare);
        }
    }

    private void global(Name name) {
        var home = name.span().source();
        if (library.owns(home) && symbols.global(name) == null) {
            var declaration = library.global(name.text(), home);
            if (declaration != null) {
                declare.accept(declaration);
            }
        }
    }
}
