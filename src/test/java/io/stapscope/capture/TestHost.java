package io.stapscope.capture;

import io.stapscope.host.Features;
import io.stapscope.host.Features.Feature;
import io.stapscope.host.Features.Support;
import io.stapscope.host.Host;
import io.stapscope.host.KernelTypes;
import io.stapscope.host.SyscallTable;
import io.stapscope.kernel.inspect.LiveHost;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;

/** This machine as it is, but with every kernel feature: tests of the service load nothing into the kernel. */
@Alternative
@Priority(1)
@Singleton
public class TestHost implements Host {
    private final Host machine = LiveHost.ofThisProcess();

    @Override
    public String kernelRelease() {
        return machine.kernelRelease();
    }

    @Override
    public String architecture() {
        return machine.architecture();
    }

    @Override
    public String kernelConfig(String name) {
        return machine.kernelConfig(name);
    }

    @Override
    public int possibleCpus() {
        return machine.possibleCpus();
    }

    @Override
    public KernelTypes types() {
        return machine.types();
    }

    @Override
    public Features features() {
        var all = new EnumMap<Feature, Support>(Feature.class);
        for (var feature : Feature.values()) {
            all.put(feature, new Support(true, "assumed by the test"));
        }
        return new Features(all);
    }

    @Override
    public SyscallTable syscalls() {
        return machine.syscalls();
    }

    @Override
    public Lookup executable(String path) {
        return machine.executable(path);
    }

    @Override
    public List<String> executables(String pattern) {
        return machine.executables(pattern);
    }

    @Override
    public boolean processExists(int pid) {
        return machine.processExists(pid);
    }
}
