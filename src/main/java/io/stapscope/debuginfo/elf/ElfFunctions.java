package io.stapscope.debuginfo.elf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The functions of a program by address. */
public final class ElfFunctions {
    /** Of several names of one address the first one that is global, then the shortest. */
    private static final Comparator<ElfSymbol> ORDER = ElfFunctions::compareAddresses;

    private final List<ElfSymbol> named;
    private final List<ElfSymbol> byAddress;

    ElfFunctions(List<ElfSymbol> functions) {
        var sorted = new ArrayList<>(functions);
        sorted.sort(ORDER.thenComparing(symbol -> !symbol.isGlobal())
                .thenComparing(symbol -> symbol.name().length())
                .thenComparing(ElfSymbol::name));
        var names = new ArrayList<ElfSymbol>();
        var unique = new ArrayList<ElfSymbol>();
        for (var symbol : sorted) {
            boolean first = unique.isEmpty() || unique.getLast().value() != symbol.value();
            if (first) {
                unique.add(symbol);
            }
            if (first || !names.getLast().name().equals(symbol.name())) {
                names.add(symbol);
            }
        }
        named = List.copyOf(names);
        byAddress = List.copyOf(unique);
    }

    private static int compareAddresses(ElfSymbol left, ElfSymbol right) {
        return Long.compareUnsigned(left.value(), right.value());
    }

    /** Ascending, one for each address. */
    public List<ElfSymbol> all() {
        return byAddress;
    }

    /** Ascending, each name of each address once. */
    public List<ElfSymbol> named() {
        return named;
    }

    /** The function an address lies in; one of unknown size reaches to the next. @param address before relocation */
    public Optional<ElfSymbol> at(long address) {
        int low = 0;
        int high = byAddress.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(byAddress.get(middle).value(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return Optional.empty();
        }
        var found = byAddress.get(low - 1);
        boolean inside = found.size() == 0 || Long.compareUnsigned(address - found.value(), found.size()) < 0;
        return inside ? Optional.of(found) : Optional.empty();
    }
}
