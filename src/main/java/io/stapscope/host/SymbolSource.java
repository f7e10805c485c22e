package io.stapscope.host;

import java.util.Optional;

/** Names of code and data by address, for the text of stacks. May read files when asked first. */
public interface SymbolSource {
    /** A source that knows no names. */
    SymbolSource NONE = new SymbolSource() {
        @Override
        public Optional<Symbol> kernel(long address) {
            return Optional.empty();
        }

        @Override
        public Optional<Symbol> user(int pid, long address) {
            return Optional.empty();
        }
    };

    /**
     * What an address lies in.
     *
     * @param name a byte string; empty when only the module is known
     * @param offset of the address from the beginning of the symbol, or of the module when the name is empty
     * @param size of the symbol, 0 when unknown
     * @param module {@code kernel}, the name of a kernel module, or the path of a program or library
     */
    record Symbol(String name, long offset, long size, String module) {}

    Optional<Symbol> kernel(long address);

    /** @param pid of the process whose memory the address is of; it may have ended */
    Optional<Symbol> user(int pid, long address);

    /** Keeps what a process has mapped, so that it can be asked about when it has ended. */
    default void meet(int pid) {}
}
