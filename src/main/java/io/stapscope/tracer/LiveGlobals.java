package io.stapscope.tracer;

import io.stapscope.codegen.layout.Layouts;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Global.Place;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.interpreter.GlobalStore;
import io.stapscope.interpreter.MemoryGlobals;
import io.stapscope.kernel.link.KernelObjects;
import io.stapscope.kernel.map.BpfMap;
import io.stapscope.statistics.Aggregate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The globals of a running script: in the maps where kernel handlers touch them, else in memory. For one thread. */
final class LiveGlobals implements GlobalStore {
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MemoryGlobals memory;
    private final SessionLayout session;
    private final @Nullable ByteBuffer sessionView;
    private final @Nullable KernelScalars scalars;
    private final Map<Integer, ArrayReader> arrays = new LinkedHashMap<>();
    private final Map<Integer, StatisticReader> statistics = new LinkedHashMap<>();

    /** Statistics already refreshed for the current handler. */
    private final java.util.Set<Integer> refreshed = new java.util.HashSet<>();

    /** @param objects the maps of the plan, null when nothing of it is in the kernel */
    LiveGlobals(Plan plan, @Nullable Layouts layouts, @Nullable KernelObjects objects) {
        memory = new MemoryGlobals(plan.globals());
        if (layouts == null || objects == null) {
            session = new SessionLayout(List.of(), List.of(), List.of());
            sessionView = null;
            scalars = null;
            return;
        }
        var use = KernelUse.of(plan);
        session = layouts.session();
        sessionView = objects.map(MapNames.SESSION).view();
        scalars = objects.maps().containsKey(MapNames.GLOBALS)
                ? new KernelScalars(
                        layouts.globals(), objects.map(MapNames.GLOBALS).view(), use.additive())
                : null;
        for (var global : plan.globals()) {
            if (global.place() == Place.KERNEL) {
                open(global, layouts, objects, use);
            }
        }
    }

    private void open(Global global, Layouts layouts, KernelObjects objects, KernelUse use) {
        if (global.isStatistic()) {
            var layout = layouts.statistic(global.id());
            var values = objects.map(MapNames.values(global.id()));
            var keys = layout.isKeyed() ? objects.map(MapNames.keys(global.id())) : null;
            statistics.put(
                    global.id(),
                    new StatisticReader(
                            global,
                            layout,
                            keys == null ? null : keys.view(),
                            keys == null ? 0 : keys.stride(),
                            values.view(),
                            values.stride()));
        } else if (global.isArray()) {
            BpfMap map = objects.map(MapNames.array(global.id()));
            arrays.put(
                    global.id(),
                    new ArrayReader(
                            global,
                            layouts.array(global.id()),
                            map,
                            () -> nextSequence(global.id()),
                            global.counter() && !use.read().contains(global.id())));
        } else if (global.initial() != null) {
            scalars().write(global, global.initial());
        }
    }

    private long nextSequence(int global) {
        return (long) LONGS.getAndAdd(Objects.requireNonNull(sessionView), session.sequence(global), 1L);
    }

    private KernelScalars scalars() {
        return Objects.requireNonNull(scalars, "the plan has no scalars in the kernel");
    }

    /** The next handler sees everything as it then is. */
    void release() {
        refreshed.clear();
        arrays.values().forEach(ArrayReader::release);
        if (scalars != null) {
            scalars.release();
        }
    }

    Collection<StatisticReader> statistics() {
        return statistics.values();
    }

    Collection<ArrayReader> arrays() {
        return arrays.values();
    }

    MemoryGlobals memory() {
        return memory;
    }

    /** A kernel scalar as it is now. */
    long currentScalar(Global global) {
        return scalars().current(global);
    }

    /** Takes in what the kernel counted. */
    StatisticReader refresh(StatisticReader reader) {
        int id = reader.global().id();
        reader.refresh(
                session.statistics().contains(id) && sessionView != null
                        ? (long) LONGS.getVolatile(sessionView, session.nextSlot(id))
                        : 1);
        return reader;
    }

    private StatisticReader statistic(Global global) {
        var reader = Objects.requireNonNull(statistics.get(global.id()));
        if (refreshed.add(global.id())) {
            refresh(reader);
        }
        return reader;
    }

    private ArrayReader array(Global global) {
        return Objects.requireNonNull(arrays.get(global.id()));
    }

    private static boolean inMemory(Global global) {
        return global.place() == Place.USER;
    }

    @Override
    public Object read(Global global, List<Object> keys) {
        if (inMemory(global)) {
            return memory.read(global, keys);
        }
        return global.isArray() ? array(global).read(keys) : scalars().read(global);
    }

    @Override
    public void write(Global global, List<Object> keys, Object value) {
        if (inMemory(global)) {
            memory.write(global, keys, value);
        } else if (global.isArray()) {
            array(global).write(keys, value);
        } else {
            scalars().write(global, value);
        }
    }

    @Override
    public long add(Global global, List<Object> keys, long value) {
        if (inMemory(global)) {
            return memory.add(global, keys, value);
        }
        return global.isArray() ? array(global).add(keys, value) : scalars().add(global, value);
    }

    @Override
    public boolean contains(Global global, List<Object> keys) {
        if (inMemory(global)) {
            return memory.contains(global, keys);
        }
        return global.isStatistic()
                ? !statistic(global).extract(keys).isEmpty()
                : array(global).contains(keys);
    }

    @Override
    public void delete(Global global, List<Object> keys) {
        if (inMemory(global)) {
            memory.delete(global, keys);
        } else if (global.isStatistic()) {
            var found = statistic(global).find(keys);
            if (found != null) {
                found.delete();
            }
        } else {
            array(global).delete(keys);
        }
    }

    @Override
    public void clear(Global global) {
        if (inMemory(global)) {
            memory.clear(global);
        } else if (global.isStatistic()) {
            statistic(global).forEach(StatisticSeries::delete);
        } else if (global.isArray()) {
            array(global).clear();
        } else {
            scalars().write(global, global.value() == io.stapscope.compiler.type.Type.STRING ? "" : (Object) 0L);
        }
    }

    @Override
    public void feed(Global global, List<Object> keys, long value) {
        if (inMemory(global)) {
            memory.feed(global, keys, value);
        } else {
            statistic(global).feed(keys, value);
        }
    }

    @Override
    public Aggregate extract(Global global, List<Object> keys) {
        return inMemory(global)
                ? memory.extract(global, keys)
                : statistic(global).extract(keys);
    }

    @Override
    public List<Element> elements(Global global) {
        if (inMemory(global)) {
            return memory.elements(global);
        }
        if (!global.isStatistic()) {
            return array(global).elements();
        }
        var found = new java.util.ArrayList<Element>();
        statistic(global).forEach(series -> {
            var visible = series.visible();
            if (!visible.isEmpty()) {
                found.add(new Element(series.key(), visible));
            }
        });
        return found;
    }
}
