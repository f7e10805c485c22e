package io.stapscope.capture;

import io.stapscope.host.SyscallTable;
import io.stapscope.pipeline.Key;
import io.stapscope.pipeline.KeyKind;

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
        var text = ByteText.decode((String) value);
        return new Key(kind, text, text);
    }

    private String label(KeyKind kind, long number) {
        return switch (kind) {
            case SYSCALL -> syscalls.name(number);
            case PID, TID -> {
                // Looked up when first seen; a process that is gone by then keeps its number.
                var name = processes.name((int) number);
                yield name == null ? Long.toString(number) : number + " " + ByteText.decode(name);
            }
            case CPU, UID, EXECNAME, PLAIN -> Long.toString(number);
        };
    }
}
