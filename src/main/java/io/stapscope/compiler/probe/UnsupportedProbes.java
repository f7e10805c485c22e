package io.stapscope.compiler.probe;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Families of probe points that SystemTap has and we do not, each with what to use instead. */
final class UnsupportedProbes {
    private static final Set<String> SYSCALLS = Set.of("tp_syscall", "dw_syscall");
    private static final Set<String> KERNEL =
            Set.of("module", "kprobe", "vfs", "tcp", "udp", "socket", "vm", "netfilter", "nfs", "nfsd", "tty");

    private UnsupportedProbes() {}

    /** The advice for points that begin with this word; null when SystemTap has none such either. */
    static @Nullable String instead(String word) {
        if (SYSCALLS.contains(word)) {
            return "write syscall.NAME or syscall.NAME.return";
        }
        if (KERNEL.contains(word)) {
            return "kernel points are not there yet; process.syscall and process.syscall.return show the system calls";
        }
        return switch (word) {
            case "hwbp" -> "use timer.ms(N) for periodic work";
            case "oneshot" -> "write probe begin { ... exit() }";
            case "java", "python2", "python3" -> "probe the system calls of the interpreter: process(\"PATH\").syscall";
            default -> null;
        };
    }
}
