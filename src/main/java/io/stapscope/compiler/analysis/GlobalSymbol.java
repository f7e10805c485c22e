package io.stapscope.compiler.analysis;

import io.stapscope.compiler.ir.Global.LinearScale;
import io.stapscope.compiler.source.Span;
import io.stapscope.compiler.syntax.tree.DeclarationNode;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A global variable: a scalar, or an array once its number of keys is known. */
public final class GlobalSymbol extends VariableSymbol {
    private final int id;
    private final DeclarationNode.Global declaration;
    private final List<@Nullable Type> keys = new ArrayList<>();
    private final List<@Nullable Span> keysTypedBy = new ArrayList<>();
    private boolean used;
    private @Nullable Span indexedBy;
    private @Nullable Span histogram;
    private @Nullable LinearScale linear;
    private int varianceShift = -1;

    GlobalSymbol(int id, DeclarationNode.Global declaration) {
        super(declaration.name().text(), declaration.name().span());
        this.id = id;
        this.declaration = declaration;
    }

    public int id() {
        return id;
    }

    public DeclarationNode.Global declaration() {
        return declaration;
    }

    /** Number of keys; 0 for a scalar. */
    public int arity() {
        return keys.size();
    }

    /** The types of the keys; a key that nothing shows the type of is a number. */
    public List<Type> keys() {
        var types = new ArrayList<Type>();
        for (var key : keys) {
            types.add(key == null ? Type.LONG : key);
        }
        return types;
    }

    public @Nullable LinearScale linear() {
        return linear;
    }

    /** The shift of {@code @variance}, -1 when nobody asks for that. */
    public int varianceShift() {
        return varianceShift;
    }

    /** The greatest shift that is asked for. */
    void setVarianceShift(int shift) {
        varianceShift = Math.max(varianceShift, shift);
    }

    boolean isUsed() {
        return used;
    }

    void markUsed() {
        used = true;
    }

    /** The first use with keys, null for a scalar. */
    @Nullable
    Span indexedBy() {
        return indexedBy;
    }

    void setArity(int arity, Span by) {
        indexedBy = by;
        for (int i = 0; i < arity; i++) {
            keys.add(null);
            keysTypedBy.add(null);
        }
    }

    @Nullable
    Type knownKey(int position) {
        return keys.get(position);
    }

    @Nullable
    Span keyTypedBy(int position) {
        return keysTypedBy.get(position);
    }

    void setKey(int position, Type type, Span by) {
        keys.set(position, type);
        keysTypedBy.set(position, by);
    }

    /** The first histogram that is asked of it, null for none. */
    @Nullable
    Span histogram() {
        return histogram;
    }

    void setHistogram(Span first, @Nullable LinearScale scale) {
        histogram = first;
        linear = scale;
    }
}
