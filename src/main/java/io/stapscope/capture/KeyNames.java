package io.stapscope.capture;

import io.stapscope.host.SyscallTable;
import io.stapscope.pipeline.Key;
import io.stapscope.pipeline.KeyKind;
import io.stapscope.tracer.Window;
import java.util.List;
import java.util.stream.Collectors;

/** Names keys for people: {@code read} for a system call, {@code 1234 postgres} for a process. */
final class KeyNames implements Key.Naming {
    private final SyscallTable syscalls;
    private final Processes processes;

    KeyNames(SyscallTable syscalls, Processes processes) {
        this.syscalls = syscalls;
        this.processes = processes;
    }

    @Override
    public Key name(KeyKind kind, Object value) {
        if (value instanceof Long number) {
            return new Key(kind, number, label(kind, number));
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

    private String label(KeyKind kind, long number) {
        return switch (kind) {
            case SYSCALL -> syscalls.name(number);
            case PID, TID -> {
                // Looked up when first seen; a process that is gone by then keeps its number.
                var name = processes.name((int) number);
                yield name == null ? Long.toString(number) : number + " " + ByteText.line(name);
            }
            case CPU, UID, EXECNAME, STACK, USTACK, PLAIN -> Long.toString(number);
        };
    }
}
