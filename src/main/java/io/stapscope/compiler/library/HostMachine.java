package io.stapscope.compiler.library;

import io.stapscope.compiler.syntax.Machine;
import io.stapscope.host.Host;

/** What the preprocessor may ask of a host. */
record HostMachine(Host host) implements Machine {
    @Override
    public String kernelRelease() {
        return host.kernelRelease();
    }

    @Override
    public String architecture() {
        return host.architecture();
    }

    @Override
    public String kernelOption(String name) {
        return host.kernelConfig(name);
    }
}
