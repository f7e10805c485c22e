package io.stapscope.tracer;

import io.stapscope.codegen.layout.MapNames;
import io.stapscope.compiler.ir.Plan;
import io.stapscope.compiler.ir.ProbePoint.Target;
import io.stapscope.kernel.inspect.Descendants;
import io.stapscope.kernel.syscall.NativeBuffer;
import io.stapscope.kernel.syscall.ProcessEnds;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The processes a run is about: the target with its descendants, and those that points name by their id. */
final class Targets implements AutoCloseable {
    /** Families that fork faster than they can be read are followed by the programs alone. */
    private static final int ROUNDS = 10;

    private final Plan plan;
    private final @Nullable LoadedPlan loaded;
    private final int target;
    private final boolean foundRunning;
    private final Set<Integer> named = new HashSet<>();
    private @Nullable ProcessEnds ends;

    /**
     * @param target process id of the target, 0 for none
     * @param foundRunning it is not a command of ours, whose end ends the run
     */
    Targets(Plan plan, @Nullable LoadedPlan loaded, int target, boolean foundRunning) {
        this.plan = plan;
        this.loaded = loaded;
        this.target = target;
        this.foundRunning = foundRunning;
    }

    /** From here on, when the programs are attached. */
    void follow() {
        if (loaded != null) {
            addDescendants(loaded);
            watchNamed();
        }
        if (target != 0 && foundRunning && !named.contains(target)) {
            watch(target);
        }
    }

    /** The programs follow forks from now on; those the target had before are added here. */
    private void addDescendants(LoadedPlan kernel) {
        var map = kernel.objects().maps().get(MapNames.DESCENDANTS);
        if (map == null || target == 0) {
            return;
        }
        var key = NativeBuffer.allocate(map.spec().keySize());
        var value = NativeBuffer.allocate(map.lookupSize());
        value.bytes().put(0, (byte) 1);
        // The programs know the target: what it starts from now on is followed.
        var known = Set.of(target);
        for (int round = 0; round < ROUNDS; round++) {
            var found = Descendants.with(target);
            for (int pid : found) {
                if (pid != target && !known.contains(pid)) {
                    key.bytes().putInt(0, pid);
                    map.update(key, value);
                }
            }
            if (known.containsAll(found)) {
                return;
            }
            known = found;
        }
    }

    /** Whether a process is the target or one of its descendants, as far as the programs follow them. */
    boolean contains(long pid) {
        if (pid <= 0 || pid != (int) pid || target == 0) {
            return false;
        }
        var map = loaded == null ? null : loaded.objects().maps().get(MapNames.DESCENDANTS);
        if (pid == target || map == null) {
            return pid == target;
        }
        var key = NativeBuffer.allocate(map.spec().keySize());
        key.bytes().putInt(0, (int) pid);
        return map.lookup(key, NativeBuffer.allocate(map.lookupSize()));
    }

    private void watchNamed() {
        for (var handler : plan.handlers()) {
            if (handler.point().watched() instanceof Target.Pid(int pid) && named.add(pid)) {
                watch(pid);
            }
        }
    }

    private void watch(int pid) {
        if (ends == null) {
            ends = new ProcessEnds();
        }
        ends.watch(pid);
    }

    /** A process named by its id that ended must not be mistaken for the next one with that id. */
    void forgetEnded(IntConsumer told) {
        if (ends == null) {
            return;
        }
        for (int pid : ends.take()) {
            told.accept(pid);
            if (loaded != null && named.contains(pid)) {
                loaded.words().forget(pid);
            }
        }
    }

    @Override
    public void close() {
        if (ends != null) {
            ends.close();
            ends = null;
        }
    }
}
