package io.stapscope.interpreter.library;

import io.stapscope.host.SymbolSource;
import io.stapscope.host.SymbolSource.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stacks and addresses as text. Addresses of a process are asked for with its id, those of the kernel with 0. */
public final class StackText {
    /** MAXBACKTRACE. */
    private static final int MOST_FRAMES = 20;

    /** Frames of tracing itself stand above what was traced. */
    private static final List<String> TRACING =
            List.of("bpf_prog_", "bpf_trace_run", "__bpf_trace_", "__traceiter_", "bpf_get_stack", "__bpf_get_stack");

    private static final int MOST_TRACING_FRAMES = 8;

    private final SymbolSource symbols;

    public StackText(SymbolSource symbols) {
        this.symbols = symbols;
    }

    /** The addresses in a captured stack, without those of tracing itself. @param bytes eight for each, 0 ends them */
    public List<Long> addresses(String bytes, long pid) {
        var found = new ArrayList<Long>();
        for (int at = 0; at + Long.BYTES <= bytes.length(); at += Long.BYTES) {
            long address = 0;
            for (int i = Long.BYTES - 1; i >= 0; i--) {
                address = address << Byte.SIZE | bytes.charAt(at + i);
            }
            if (address == 0) {
                break;
            }
            found.add(address);
        }
        int from = pid == 0 ? tracingFrames(found) : 0;
        return found.subList(from, Math.min(found.size(), from + MOST_FRAMES));
    }

    private int tracingFrames(List<Long> all) {
        int last = 0;
        for (int i = 0; i < Math.min(all.size(), MOST_TRACING_FRAMES); i++) {
            var name = symbols.kernel(all.get(i)).map(Symbol::name).orElse("");
            if (TRACING.stream().anyMatch(name::startsWith)) {
                last = i + 1;
            }
        }
        return last;
    }

    /** Addresses that a script holds as text: {@code 0xffffffff81000000 0x...}. */
    public static List<Long> parse(String text) {
        var found = new ArrayList<Long>();
        for (var word : text.split("\\s+")) {
            var digits = word.startsWith("0x") ? word.substring(2) : word;
            try {
                found.add(Long.parseUnsignedLong(digits, 16));
            } catch (NumberFormatException e) {
                // What is no address is left out, as the last one that was cut.
            }
        }
        return found;
    }

    /** {@code 0x... 0x...}: no address is cut. @param most bytes */
    public static String join(List<Long> addresses, int most) {
        var text = new StringBuilder();
        for (long address : addresses) {
            var next = hex(address);
            if (text.length() + next.length() + 1 > most) {
                break;
            }
            text.append(text.isEmpty() ? "" : " ").append(next);
        }
        return text.toString();
    }

    /** {@code  0xffffffff81000000 : name+0x1a/0x90 [kernel]} on a line for each. */
    public String lines(List<Long> addresses, long pid) {
        var text = new StringBuilder();
        for (long address : addresses) {
            text.append(' ').append(hex(address));
            symbol(address, pid).ifPresent(symbol -> text.append(symbol.name().isEmpty() ? " " : " : ")
                    .append(data(symbol)));
            text.append('\n');
        }
        return text.toString();
    }

    /** Names of a stack, outermost first: of functions, or {@code [libc.so.6+0x1a]} where there is none. */
    public List<String> names(List<Long> addresses, long pid) {
        var found = new ArrayList<String>();
        for (int i = addresses.size() - 1; i >= 0; i--) {
            // A return address may lie behind the function that called: a call that ends it never returns.
            long address = i == 0 ? addresses.getFirst() : addresses.get(i) - 1;
            found.add(symbol(address, pid).map(StackText::shortName).orElse(hex(addresses.get(i))));
        }
        return found;
    }

    private static String shortName(Symbol symbol) {
        return symbol.name().isEmpty()
                ? "[" + symbol.module().substring(symbol.module().lastIndexOf('/') + 1) + "+" + hex(symbol.offset())
                        + "]"
                : symbol.name();
    }

    /** {@code name+0x1a/0x90 name+0x...} on one line. */
    public String brief(List<Long> addresses, long pid) {
        var text = new StringBuilder();
        for (long address : addresses) {
            text.append(symbol(address, pid)
                            .filter(symbol -> !symbol.name().isEmpty())
                            .map(symbol -> place(symbol))
                            .orElse(hex(address)))
                    .append(' ');
        }
        return text.append('\n').toString();
    }

    /** The name, or the address. */
    public String name(long address, long pid) {
        return symbol(address, pid)
                .map(Symbol::name)
                .filter(name -> !name.isEmpty())
                .orElse(hex(address));
    }

    /** {@code name+0x1a/0x90 [kernel]}, or the address. */
    public String data(long address, long pid) {
        return symbol(address, pid).map(StackText::data).orElse(hex(address));
    }

    public String module(long address, long pid) {
        return symbol(address, pid).map(Symbol::module).orElse("<unknown>");
    }

    private static String data(Symbol symbol) {
        return symbol.name().isEmpty()
                ? "[" + symbol.module() + "+" + hex(symbol.offset()) + "]"
                : place(symbol) + " [" + symbol.module() + "]";
    }

    private static String place(Symbol symbol) {
        return symbol.name() + "+" + hex(symbol.offset()) + "/" + hex(symbol.size());
    }

    private Optional<Symbol> symbol(long address, long pid) {
        return pid == 0 ? symbols.kernel(address) : symbols.user((int) pid, address);
    }

    public static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
