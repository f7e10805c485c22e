package io.stapscope.compiler.analysis;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.syntax.tree.StatementNode;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of the script. */
public final class FunctionSymbol {
    private final DeclarationNode.Function declaration;
    private final Scope scope = new Scope();
    private final List<LocalSymbol> parameters = new ArrayList<>();
    private boolean returnsValue;
    private @Nullable Type result;
    private @Nullable FunctionSymbol next;
    private boolean overloaded;
    private @Nullable Span typedBy;

    FunctionSymbol(DeclarationNode.Function declaration) {
        this.declaration = declaration;
        this.returnsValue = declaration.type() != null || returnsValue(declaration.body());
    }

    private static boolean returnsValue(StatementNode statement) {
        return statement instanceof StatementNode.Return r && r.value() != null
                || TreeWalk.parts(statement).stream().anyMatch(FunctionSymbol::returnsValue);
    }

    public String name() {
        return declaration.name().text();
    }

    public DeclarationNode.Function declaration() {
        return declaration;
    }

    /** Where it stands in the chain of its name: lower ones are tried first. */
    long priority() {
        return declaration.priority() == null ? 0 : declaration.priority().value();
    }

    /** The function that {@code next} goes on to; null at the end of the chain. */
    public @Nullable FunctionSymbol next() {
        return next;
    }

    /** Whether there are others of the same name and number of parameters. */
    public boolean isOverloaded() {
        return overloaded;
    }

    /** Where one function of a chain returns a value, all do: those that write no return give 0 or "". */
    static void chain(List<FunctionSymbol> functions) {
        boolean value = functions.stream().anyMatch(each -> each.returnsValue);
        for (int i = 0; i < functions.size(); i++) {
            var function = functions.get(i);
            function.next = i + 1 < functions.size() ? functions.get(i + 1) : null;
            function.overloaded = functions.size() > 1;
            function.returnsValue = value;
        }
    }

    public Scope scope() {
        return scope;
    }

    public List<LocalSymbol> parameters() {
        return parameters;
    }

    /** LONG or STRING, or NONE for a function that never returns a value. */
    public Type result() {
        if (!returnsValue) {
            return Type.NONE;
        }
        return result == null ? Type.LONG : result;
    }

    @Nullable
    Type knownResult() {
        return returnsValue ? result : Type.NONE;
    }

    @Nullable
    Span typedBy() {
        return typedBy;
    }

    void setResult(Type type, Span by) {
        result = type;
        typedBy = by;
    }
}
