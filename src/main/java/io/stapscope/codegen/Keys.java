package io.stapscope.codegen;

import io.stapscope.bpf.Register;
import io.stapscope.codegen.layout.KeyLayout;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes keys into memory. */
final class Keys {
    private final Emitter emitter;

    Keys(Emitter emitter) {
        this.emitter = emitter;
    }

    /** Memory with the key; its parts are evaluated in order. A null part is not for the kernel. */
    Place.Direct evaluate(KeyLayout layout, List<? extends @Nullable Expression> parts) {
        var key = emitter.frame.allocate(layout.size());
        for (int i = 0; i < parts.size(); i++) {
            var part = layout.parts().get(i);
            var expression = parts.get(i);
            if (expression == null) {
                throw new IllegalArgumentException("a slice is no key");
            }
            var to = key.at(part.offset());
            if (part.type() == Type.LONG) {
                emitter.longs.evaluate(expression);
                emitter.store(to, Register.R0);
            } else {
                if (!fillsItsRoom(expression, part)) {
                    clear(to, part.room());
                }
                emitter.strings.evaluate(expression, to, part.width());
            }
        }
        return key;
    }

    /** Keys compare by all their bytes, so what no string writes must be zero. */
    private void clear(Place place, int bytes) {
        for (int offset = 0; offset < bytes; offset += 8) {
            emitter.store(place.at(offset), 0);
        }
    }

    private static boolean fillsItsRoom(Expression expression, KeyLayout.Part part) {
        return switch (expression) {
            case Expression.Context _ -> part.width() == 16;
            case Expression.TableText lookup -> part.width() == lookup.table().width();
            case Expression _ -> false;
        };
    }
}
