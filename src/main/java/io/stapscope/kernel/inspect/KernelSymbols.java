package io.stapscope.kernel.inspect;

import io.stapscope.host.SymbolSource.Symbol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The kernel's functions and data by address, as /proc/kallsyms lists them to whoever may see addresses. */
final class KernelSymbols {
    private static final Path SOURCE = Path.of("/proc/kallsyms");
    private static final String KERNEL = "kernel";

    private final byte[] text;

    /** Ascending as unsigned numbers. */
    private final long[] addresses;

    /** Beginning of the name in the text, in the order of the addresses. */
    private final int[] names;

    private KernelSymbols(byte[] text, long[] addresses, int[] names) {
        this.text = text;
        this.addresses = addresses;
        this.names = names;
    }

    /** Empty when the kernel hides its addresses. */
    static KernelSymbols read() {
        try {
            return parse(Files.readAllBytes(SOURCE));
        } catch (IOException e) {
            return parse(new byte[0]);
        }
    }

    /** @param text lines {@code address type name [module]} */
    static KernelSymbols parse(byte[] text) {
        int lines = 0;
        for (byte one : text) {
            lines += one == '\n' ? 1 : 0;
        }
        var found = new long[lines][];
        int count = 0;
        for (int start = 0; start < text.length; ) {
            int end = endOfLine(text, start);
            int space = start;
            long address = 0;
            while (space < end && text[space] != ' ') {
                address = address << 4 | Character.digit(text[space++], 16);
            }
            if (address != 0 && space + 3 < end && count < lines) {
                found[count++] = new long[] {address, space + 3};
            }
            start = end + 1;
        }
        var sorted = Arrays.copyOf(found, count);
        Arrays.sort(sorted, (a, b) -> Long.compareUnsigned(a[0], b[0]));
        return new KernelSymbols(
                text,
                Arrays.stream(sorted).mapToLong(one -> one[0]).toArray(),
                Arrays.stream(sorted).mapToInt(one -> (int) one[1]).toArray());
    }

    private static int endOfLine(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at;
    }

    Optional<Symbol> at(long address) {
        int low = 0;
        int high = addresses.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(addresses[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // Nothing lies behind the last symbol, nor in the half of the addresses that is not the kernel's.
        if (low == 0 || low == addresses.length || address >= 0) {
            return Optional.empty();
        }
        int first = low - 1;
        while (first > 0 && addresses[first - 1] == addresses[low - 1]) {
            first--;
        }
        long start = addresses[first];
        return Optional.of(symbol(names[first], address - start, addresses[low] - start));
    }

    private Symbol symbol(int at, long offset, long size) {
        int end = endOfLine(text, at);
        var line = new String(text, at, end - at, StandardCharsets.ISO_8859_1);
        int gap = line.indexOf('\t');
        return gap < 0
                ? new Symbol(line, offset, size, KERNEL)
                : new Symbol(
                        line.substring(0, gap),
                        offset,
                        size,
                        line.substring(gap + 1).strip().replace("[", "").replace("]", ""));
    }
}
