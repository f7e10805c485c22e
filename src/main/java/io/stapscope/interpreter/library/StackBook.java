package io.stapscope.interpreter.library;

import io.stapscope.host.SymbolSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers whose the stacks are that a script holds as text, so that their functions can be named when somebody asks: that
 * costs far more than to take a stack, and most hits have one that was seen before. For one thread.
 */
public final class StackBook {
    private static final int MOST = 65_536;

    private final SymbolSource symbols;
    private final StackText text;
    private final Map<String, Long> owners = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    public StackBook(SymbolSource symbols) {
        this.symbols = symbols;
        this.text = new StackText(symbols);
    }

    /**
     * A stack was taken.
     *
     * @param addresses as the script holds them
     * @param pid 0 for a stack of the kernel
     */
    public void note(String addresses, long pid) {
        if (owners.putIfAbsent(addresses, pid) == null && pid != 0) {
            symbols.meet((int) pid);
        }
    }

    /** Functions of a stack, outermost first; addresses where it was never noted. */
    public List<String> names(String addresses) {
        return names(addresses, owners.getOrDefault(addresses, -1L));
    }

    /** @param pid the process that the stack is of, 0 for the kernel */
    public List<String> names(String addresses, long pid) {
        return text.names(StackText.parse(addresses), pid);
    }
}
