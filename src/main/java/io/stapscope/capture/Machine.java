package io.stapscope.capture;

import io.stapscope.history.HostRecord;
import io.stapscope.host.Features;
import io.stapscope.host.Features.Feature;
import io.stapscope.host.Host;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this machine is called and whether it can trace at all. */
@ApplicationScoped
public class Machine {
    private static final List<Feature> NEEDED =
            List.of(Feature.BPF, Feature.BTF, Feature.RAW_TRACEPOINT_BTF, Feature.RING_BUFFER, Feature.TASK_STORAGE);

    private final Host host;

    Machine(Host host) {
        this.host = host;
    }

    public HostRecord record() {
        return new HostRecord(name(), host.kernelRelease(), host.architecture());
    }

    /** Names of system calls by number. */
    public java.util.SortedMap<Integer, String> syscalls() {
        return host.syscalls().all();
    }

    public Features features() {
        return host.features();
    }

    /** Why no script can run here, null when scripts can. */
    public @Nullable String reasonNotToTrace() {
        for (var feature : NEEDED) {
            if (!host.features().has(feature)) {
                var found = host.features().support().get(feature);
                return feature.title() + ": " + (found == null ? "not tried" : found.reason());
            }
        }
        return null;
    }

    private static String name() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
