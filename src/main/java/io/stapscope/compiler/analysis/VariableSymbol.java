package io.stapscope.compiler.analysis;

import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.type.Type;
import org.jspecify.annotations.Nullable;

/** A local, parameter or global variable with what is known of its type. */
public abstract sealed class VariableSymbol permits LocalSymbol, GlobalSymbol {
    private final String name;
    private final Span span;
    private @Nullable Type type;
    private @Nullable Span typedBy;

    VariableSymbol(String name, Span span) {
        this.name = name;
        this.span = span;
    }

    public final String name() {
        return name;
    }

    /** Where it is declared, or first written. */
    public final Span span() {
        return span;
    }

    /** The type of its value, null while unknown. */
    public final @Nullable Type knownType() {
        return type;
    }

    /** The type of its value; a variable that nothing shows the type of is a number. */
    public final Type type() {
        return type == null ? Type.LONG : type;
    }

    /** The use that showed its type. */
    final @Nullable Span typedBy() {
        return typedBy;
    }

    final void setType(Type type, Span by) {
        this.type = type;
        this.typedBy = by;
    }
}
