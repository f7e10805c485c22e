package io.stapscope.tracer;

import io.stapscope.codegen.layout.GlobalsLayout;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.type.Type;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The scalars that live in the kernel, in one mapped array. A number that kernel handlers only add to is read once by
 * each user-space handler, and assigning it adds the difference: what the kernel added meanwhile is kept for the next
 * reader, so {@code printf("%d", n); n = 0} loses nothing.
 */
final class KernelScalars {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final GlobalsLayout layout;
    private final ByteBuffer view;
    private final Set<Integer> additive;
    private final Map<Integer, Long> seen = new HashMap<>();

    /** @param additive ids of the numbers that kernel handlers change only by adding */
    KernelScalars(GlobalsLayout layout, ByteBuffer view, Set<Integer> additive) {
        this.layout = layout;
        this.view = view;
        this.additive = Set.copyOf(additive);
    }

    /** The next handler reads anew. */
    void release() {
        seen.clear();
    }

    /** As the kernel has it now. */
    long current(Global global) {
        return (long) LONGS.getVolatile(view, layout.offset(global.id()));
    }

    Object read(Global global) {
        if (global.value() == Type.STRING) {
            return KeyCodec.text(view, layout.offset(global.id()), global.valueWidth());
        }
        return additive.contains(global.id())
                ? seen.computeIfAbsent(global.id(), id -> current(global))
                : (Object) current(global);
    }

    void write(Global global, Object value) {
        int offset = layout.offset(global.id());
        switch (value) {
            case String text -> KeyCodec.putText(view, offset, global.valueWidth(), global.valueWidth(), text);
            case Long number -> {
                if (additive.contains(global.id())) {
                    long ignored = add(global, number - (Long) read(global));
                } else {
                    LONGS.setVolatile(view, offset, number.longValue());
                }
            }
            case Object other -> throw new IllegalArgumentException("value " + other);
        }
    }

    /** The value after. */
    long add(Global global, long more) {
        int offset = layout.offset(global.id());
        long before = (long) LONGS.getAndAdd(view, offset, more);
        if (additive.contains(global.id())) {
            long after = seen.getOrDefault(global.id(), before) + more;
            seen.put(global.id(), after);
            return after;
        }
        return before + more;
    }
}
