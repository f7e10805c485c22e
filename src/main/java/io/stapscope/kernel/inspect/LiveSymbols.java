package io.stapscope.kernel.inspect;

import io.stapscope.host.SymbolSource;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Symbols of the running kernel and of the processes of this machine. */
public final class LiveSymbols implements SymbolSource {
    private final UserSymbols user = new UserSymbols(Path.of("/proc"));
    private @Nullable KernelSymbols kernel;

    @Override
    public synchronized Optional<Symbol> kernel(long address) {
        var known = kernel;
        if (known == null) {
            known = KernelSymbols.read();
            kernel = known;
        }
        return known.at(address);
    }

    @Override
    public synchronized void meet(int pid) {
        user.meet(pid);
    }

    @Override
    public synchronized Optional<Symbol> user(int pid, long address) {
        return user.at(pid, address);
    }
}
