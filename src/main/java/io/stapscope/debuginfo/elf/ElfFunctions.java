package io.stapscope.debuginfo.elf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The functions of a program by address. */
public final class ElfFunctions {
    private final List<ElfSymbol> byAddress;

    ElfFunctions(List<ElfSymbol> functions) {
        // Of several names of one address the first one that is global, then the shortest.
        var sorted = new ArrayList<>(functions);
        sorted.sort(Comparator.comparingLong(ElfSymbol::value)
                .thenComparing(symbol -> symbol.binding() == 0)
                .thenComparing(symbol -> symbol.name().length())
                .thenComparing(ElfSymbol::name));
        var unique = new ArrayList<ElfSymbol>();
        for (var symbol : sorted) {
            if (unique.isEmpty() || unique.getLast().value() != symbol.value()) {
                unique.add(symbol);
            }
        }
        byAddress = List.copyOf(unique);
    }

    /** Ascending, one for each address. */
    public List<ElfSymbol> all() {
        return byAddress;
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
