package io.stapscope.codegen;

import io.stapscope.codegen.layout.AggregateLayout;
import io.stapscope.codegen.layout.CounterLayout.Counter;
import io.stapscope.codegen.layout.MapNames;
import io.stapscope.codegen.layout.SessionLayout;
import io.stapscope.compiler.ir.Format;
import io.stapscope.compiler.ir.Global;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.type.Type;
import io.stapscope.host.Host;
import io.stapscope.kernel.inspect.LiveHost;
import io.stapscope.kernel.link.KernelObjects;
import io.stapscope.kernel.map.BpfMap;
import io.stapscope.kernel.ringbuffer.RingBufferReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A generated plan, attached; reads its maps as the tracer does, only simpler. */
public final class KernelRun implements AutoCloseable {
    static final LiveHost HOST = LiveHost.ofThisProcess();

    private final KernelObjects objects = new KernelObjects();
    private final Generated generated;

    /** A record by its blueprint, with its values. */
    public record Event(RecordSpec spec, int process, List<Object> values) {}

    private KernelRun(Generated generated) {
        this.generated = generated;
    }

    public static KernelRun attach(Plan plan) {
        return attach(plan, HOST, 0);
    }

    static KernelRun attach(Plan plan, Host host, int target) {
        var run = new KernelRun(CodeGenerator.generate(plan, host));
        try {
            run.start(host, target);
            return run;
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    private void start(Host host, int target) {
        generated.maps().forEach(objects::create);
        generated.programs().forEach(program -> objects.load(program, host.types()));
        var session = view(MapNames.SESSION);
        session.putInt(SessionLayout.SELF, (int) ProcessHandle.current().pid());
        session.putInt(SessionLayout.TARGET, target);
        session.putInt(SessionLayout.STATE, SessionLayout.RUNNING);
        objects.attachAll();
    }

    Generated generated() {
        return generated;
    }

    BpfMap map(String name) {
        return objects.map(name);
    }

    ByteBuffer view(String map) {
        return objects.map(map).view();
    }

    void detach() {
        objects.detach();
    }

    int state() {
        return view(MapNames.SESSION).getInt(SessionLayout.STATE);
    }

    long counter(Counter counter) {
        return sum(generated.layouts().counters().offsets(counter));
    }

    /** Of a handler. */
    long hits(int handler) {
        return sum(generated.layouts().counters().hits(handler));
    }

    /** Of all handlers. */
    long hits() {
        return generated.handlers().stream()
                .flatMap(List::stream)
                .distinct()
                .mapToLong(this::hits)
                .sum();
    }

    private long sum(int[] offsets) {
        var counters = view(MapNames.COUNTERS);
        return IntStream.of(offsets).mapToLong(counters::getLong).sum();
    }

    long scalar(Global global) {
        return view(MapNames.GLOBALS).getLong(generated.layouts().globals().offset(global.id()));
    }

    /** Elements of an array of numbers, by key. */
    Map<List<Object>, Long> array(Global global) {
        var layout = generated.layouts().array(global.id());
        var map = objects.map(MapNames.array(global.id()));
        var found = new java.util.HashMap<List<Object>, Long>();
        var keys = new ArrayList<byte[]>();
        var key = io.stapscope.kernel.syscall.NativeBuffer.allocate(layout.key().size());
        var next =
                io.stapscope.kernel.syscall.NativeBuffer.allocate(layout.key().size());
        boolean more = map.nextKey(null, next);
        while (more) {
            keys.add(next.toArray());
            key = io.stapscope.kernel.syscall.NativeBuffer.of(next.toArray());
            more = map.nextKey(key, next);
        }
        for (var bytes : keys) {
            var value = map.lookup(bytes);
            if (value != null) {
                found.put(key(layout.key(), wrap(bytes), 0), wrap(value).getLong(0));
            }
        }
        return found;
    }

    /** Sums over all CPUs, by key. */
    Map<List<Object>, Aggregate> statistic(Global global) {
        var layout = generated.layouts().statistic(global.id());
        var values = view(MapNames.values(global.id()));
        var found = new java.util.HashMap<List<Object>, Aggregate>();
        for (int slot = 0; slot < layout.slots(); slot++) {
            var aggregate = new Aggregate();
            for (int row = 0; row < layout.rows(); row++) {
                aggregate.add(
                        values, layout.index(row, slot) * layout.aggregate().size(), layout.aggregate());
            }
            if (aggregate.count > 0) {
                found.put(keyOfSlot(global, slot), aggregate);
            }
        }
        return found;
    }

    private List<Object> keyOfSlot(Global global, int slot) {
        var layout = generated.layouts().statistic(global.id());
        if (!layout.isKeyed()) {
            return List.of();
        }
        if (slot == layout.otherSlot()) {
            return List.of("(other)");
        }
        var keys = view(MapNames.keys(global.id()));
        int at = slot * layout.keyEntrySize();
        if (keys.getInt(at + layout.published()) != 1) {
            throw new AssertionError("slot " + slot + " has values and no key");
        }
        return key(layout.key(), keys, at);
    }

    private static List<Object> key(io.stapscope.codegen.layout.KeyLayout layout, ByteBuffer bytes, int at) {
        var parts = new ArrayList<Object>();
        for (var part : layout.parts()) {
            int offset = at + part.offset();
            parts.add(part.type() == Type.LONG ? bytes.getLong(offset) : text(bytes, offset, part.width()));
        }
        return parts;
    }

    /** Everything sent so far. */
    List<Event> events() {
        var events = new ArrayList<Event>();
        try (var reader = RingBufferReader.open(objects.map(MapNames.EVENTS))) {
            reader.drain((data, offset, length) -> events.add(event(data, offset, length)), Integer.MAX_VALUE);
        }
        return events;
    }

    private Event event(ByteBuffer data, int offset, int length) {
        var spec = generated.records().get(data.getShort(offset));
        var values = new ArrayList<Object>();
        for (var field : spec.fields()) {
            int at = offset + field.offset();
            int room = Math.min(field.width(), length - field.offset());
            values.add(field.type() == Type.LONG ? data.getLong(at) : text(data, at, room));
        }
        return new Event(spec, data.getInt(offset + 4), values);
    }

    /** The text of a record whose directives are all plain numbers. */
    static String text(Format format) {
        var text = new StringBuilder();
        for (var piece : format.pieces()) {
            text.append(piece instanceof Format.Text(var words) ? words : "%");
        }
        return text.toString();
    }

    private static String text(ByteBuffer bytes, int at, int width) {
        var text = new StringBuilder();
        for (int i = 0; i < width && bytes.get(at + i) != 0; i++) {
            text.append((char) (bytes.get(at + i) & 0xff));
        }
        return text.toString();
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        objects.close();
    }

    /** One series over all CPUs. */
    static final class Aggregate {
        long count;
        long sum;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        final TreeMap<Integer, Long> buckets = new TreeMap<>();
        final List<Long> linear = new ArrayList<>();

        private void add(ByteBuffer values, int at, AggregateLayout layout) {
            long added = values.getLong(at + AggregateLayout.COUNT);
            if (added == 0) {
                return;
            }
            count += added;
            sum += values.getLong(at + AggregateLayout.SUM);
            min = Math.min(min, values.getLong(at + AggregateLayout.MIN));
            max = Math.max(max, values.getLong(at + AggregateLayout.MAX));
            for (int bucket = -488; bucket <= 488; bucket++) {
                long n = Integer.toUnsignedLong(values.getInt(at + AggregateLayout.bucket(bucket)));
                if (n > 0) {
                    buckets.merge(bucket, n, Long::sum);
                }
            }
            for (int i = 0; layout.linear() > 0 && i < layout.linear() + 2; i++) {
                long n = Integer.toUnsignedLong(values.getInt(at + AggregateLayout.LINEAR_BELOW + 4 * i));
                if (linear.size() <= i) {
                    linear.add(0L);
                }
                linear.set(i, linear.get(i) + n);
            }
        }

        long bucketTotal() {
            return buckets.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
