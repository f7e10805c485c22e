package io.stapscope.compiler.library;

import io.stapscope.compiler.Switches;
import io.stapscope.compiler.syntax.Machine;
import io.stapscope.host.Host;

/** What the preprocessor may ask of a host. */
record HostMachine(Host host, Switches switches) implements Machine {
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

    @Override
    public String privilege() {
        return switches.privilege().word();
    }

    @Override
    public boolean isGuru() {
        return switches.guru();
    }
}
