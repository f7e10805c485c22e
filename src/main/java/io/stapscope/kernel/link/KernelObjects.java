package io.stapscope.kernel.link;

import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.ProgramSpec;
import io.stapscope.bpf.ProgramSpec.AttachSpec;
import io.stapscope.host.KernelTypes;
import io.stapscope.kernel.map.BpfMap;
import io.stapscope.kernel.program.BpfProgram;
import io.stapscope.kernel.syscall.GracePeriod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything one script has in the kernel. Closes links first, then programs, then maps, each only once; what was made
 * before something was refused goes with the rest. Making and closing exclude each other.
 */
public final class KernelObjects implements AutoCloseable {
    private final Map<String, BpfMap> maps = new LinkedHashMap<>();
    private final List<BpfMap> own = new ArrayList<>();
    private final List<BpfProgram> programs = new ArrayList<>();
    private final List<ProgramLink> links = new ArrayList<>();

    /** Makes a map that programs may refer to by its name. */
    public synchronized BpfMap create(MapSpec spec) {
        if (maps.containsKey(spec.name())) {
            throw new IllegalArgumentException("two maps are named " + spec.name());
        }
        var map = BpfMap.create(spec);
        own.add(map);
        maps.put(spec.name(), map);
        return map;
    }

    /** Lets programs use a map of others, who close it. */
    public synchronized void share(BpfMap map) {
        if (maps.putIfAbsent(map.spec().name(), map) != null) {
            throw new IllegalArgumentException(
                    "two maps are named " + map.spec().name());
        }
    }

    /** Loads a program against the maps made so far. */
    public synchronized BpfProgram load(ProgramSpec spec, KernelTypes types) {
        var program = BpfProgram.load(spec, maps, types);
        programs.add(program);
        return program;
    }

    public synchronized void attach(BpfProgram program) {
        links.add(
                switch (program.spec().attach()) {
                    case AttachSpec.RawTracepoint _ -> RawTracepointLink.attach(program);
                    case AttachSpec.UntypedTracepoint(var name) -> RawTracepointLink.attachUntyped(program, name);
                    case AttachSpec.PerfEvent event -> PerfEventLink.attach(program, event);
                    case AttachSpec.UserProbe probe -> UserProbeLink.attach(program, probe.path(), probe);
                });
    }

    /**
     * Attaches a program to places in the code of a file.
     *
     * @param path by which the kernel finds the file
     * @param probe those of the program's places that are wanted
     * @return places that the kernel refuses; the program is at all others
     */
    public synchronized List<UserProbeLink.Refused> attach(
            BpfProgram program, String path, AttachSpec.UserProbe probe) {
        var link = UserProbeLink.attach(program, path, probe);
        links.add(link);
        return link.refused();
    }

    /** Attaches all programs, in the order they were loaded. */
    public synchronized void attachAll() {
        programs.forEach(this::attach);
    }

    public BpfMap map(String name) {
        var map = maps.get(name);
        if (map == null) {
            throw new IllegalArgumentException("no map " + name);
        }
        return map;
    }

    public Map<String, BpfMap> maps() {
        return Collections.unmodifiableMap(maps);
    }

    public List<BpfProgram> programs() {
        return Collections.unmodifiableList(programs);
    }

    /** Takes some of the programs from their places; they may still be finishing their last runs. */
    public synchronized void detach(Collection<BpfProgram> some) {
        links.removeIf(link -> {
            boolean goes = some.contains(link.program());
            if (goes) {
                link.close();
            }
            return goes;
        });
    }

    /** Ends all runs of the programs; maps stay readable, and nothing writes to them any more when this returns. */
    public synchronized void detach() {
        if (!links.isEmpty()) {
            links.forEach(ProgramLink::close);
            links.clear();
            boolean ignored = GracePeriod.await();
        }
    }

    @Override
    public synchronized void close() {
        detach();
        programs.forEach(BpfProgram::close);
        own.forEach(BpfMap::close);
    }
}
