package io.stapscope.capture;

import io.stapscope.host.Host;
import io.stapscope.kernel.inspect.LiveHost;
import io.stapscope.tracer.KernelTracer;
import io.stapscope.tracer.Tracer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The real machine for the service; tests put others in their place. */
public class TracingBeans {
    @Produces
    @Singleton
    Host host() {
        return LiveHost.ofThisProcess();
    }

    @Produces
    @Singleton
    Tracer tracer(Host host) {
        return KernelTracer.forService(host);
    }

    @Produces
    @Singleton
    Processes processes() {
        return new LiveProcesses();
    }
}
