package io.stapscope.compiler.service;

import io.stapscope.host.Host;
import io.stapscope.host.KernelTypes;
import io.stapscope.host.RecordedHost;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;

/** The recorded host with other tracepoints. */
final class ManyTracepoints {
    private ManyTracepoints() {}

    static Host host(Set<String> names) {
        var recorded = new RecordedHost();
        var types =
                of(KernelTypes.class, recorded.types(), Map.of("tracepoints", names, "tracepointSystems", Map.of()));
        return of(Host.class, recorded, Map.of("types", types));
    }

    private static <T> T of(Class<T> type, T original, Map<String, Object> answers) {
        InvocationHandler handler = (_, method, arguments) -> {
            var answer = answers.get(method.getName());
            return answer != null ? answer : method.invoke(original, arguments);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
