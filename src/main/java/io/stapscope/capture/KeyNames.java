package io.stapscope.capture;

import io.stapscope.capture.backend.Backend;
import io.stapscope.capture.backend.RunBackends;
import io.stapscope.host.SyscallTable;
import io.stapscope.pipeline.Key;
import io.stapscope.pipeline.KeyKind;
import io.stapscope.tracer.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names keys for people: {@code read} for a system call, {@code 1234 postgres} for a process, and who it is after that where it
 * is a backend that PostgreSQL has names for.
 */
final class KeyNames implements Key.Naming {
    private final SyscallTable syscalls;
    private final Processes processes;
    private final RunBackends backends;

    /** What processes were called when they were first seen. */
    private final Map<Long, String> names = new HashMap<>();

    KeyNames(SyscallTable syscalls, Processes processes, RunBackends backends) {
        this.syscalls = syscalls;
        this.processes = processes;
        this.backends = backends;
    }

    @Override
    public Key name(KeyKind kind, Object value) {
        if (value instanceof Long number) {
            return isProcess(kind) ? process(kind, number) : new Key(kind, number, label(kind, number));
        }
        if (value instanceof Window.Stack(var addresses, var frames)) {
            return new Key(kind, ByteText.decode(addresses), folded(frames));
        }
        var bytes = (String) value;
        return new Key(kind, ByteText.decode(bytes), ByteText.line(bytes));
    }

    private static String folded(List<String> frames) {
        return frames.stream()
                .map(frame -> ByteText.decode(frame).replace(Flame.SEPARATOR, ':'))
                .collect(Collectors.joining(String.valueOf(Flame.SEPARATOR)));
    }

    @Override
    public Set<Long> changed() {
        return backends.changed().stream().map(Integer::longValue).collect(Collectors.toSet());
    }

    @Override
    public Key renamed(Key key) {
        return isProcess(key.kind()) && key.value() instanceof Long number
                ? withWords(key.kind(), number, names.getOrDefault(number, Long.toString(number)))
                : key;
    }

    private static boolean isProcess(KeyKind kind) {
        return kind == KeyKind.PID || kind == KeyKind.TID;
    }

    private Key process(KeyKind kind, long number) {
        // Looked up when first seen; a process that is gone by then keeps its number.
        var name = processes.name((int) number);
        var text = name == null ? Long.toString(number) : number + " " + ByteText.line(name);
        names.put(number, text);
        return withWords(kind, number, text);
    }

    private Key withWords(KeyKind kind, long number, String text) {
        var words = backends.of((int) number);
        if (words == null) {
            return new Key(kind, number, text);
        }
        return new Key(
                kind, number, words.text().isEmpty() ? text : text + Backend.SEPARATOR + words.text(), words.query());
    }

    private String label(KeyKind kind, long number) {
        return kind == KeyKind.SYSCALL ? syscalls.name(number) : Long.toString(number);
    }
}
