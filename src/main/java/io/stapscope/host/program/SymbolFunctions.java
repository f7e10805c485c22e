package io.stapscope.host.program;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfSymbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions that the symbol tables of a program tell of. Names of one address are one function, found by each of them; parts
 * that the compiler has put elsewhere belong to theirs.
 */
final class SymbolFunctions {
    static final SymbolFunctions NONE = new SymbolFunctions(List.of(), Map.of());

    private static final String COLD = ".cold";

    /** Bytes of a short jump, and of what a probe is moved over. */
    private static final int REACH = 128 + 16 * 15;

    private final List<Named> byAddress;
    private final Map<String, List<Function.Place>> cold;
    private final Map<String, List<Named>> byName = new HashMap<>();

    private record Named(Function function, List<String> names) {
        Function.Place place() {
            return function.places().getFirst();
        }

        boolean isNamed(NamePattern pattern) {
            return names.stream().anyMatch(pattern::matches);
        }
    }

    /** @param cold parts of functions that lie elsewhere, by the names of the functions */
    private SymbolFunctions(List<Named> byAddress, Map<String, List<Function.Place>> cold) {
        this.byAddress = byAddress;
        this.cold = cold;
        for (var each : byAddress) {
            for (var name : each.names()) {
                byName.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(each);
            }
        }
    }

    /** @param split the program, or the file that its symbols were split off to */
    static SymbolFunctions of(ElfFile elf, ElfFile split, ProgramCode code) {
        var own = elf.functions().named();
        var other = split.functions().named();
        var symbols = (other.size() > own.size() ? other : own)
                .stream().filter(each -> code.holds(each.value())).toList();
        var exports = elf.exports();
        var found = new ArrayList<Named>();
        var cold = new HashMap<String, List<Function.Place>>();
        for (int first = 0; first < symbols.size(); ) {
            long entry = symbols.get(first).value();
            var names = new LinkedHashSet<String>();
            long size = 0;
            int next = first;
            while (next < symbols.size() && symbols.get(next).value() == entry) {
                names.add(symbols.get(next).name());
                size = Math.max(size, symbols.get(next++).size());
            }
            long limit = code.end(entry);
            long end = size > 0 && size < limit - entry
                    ? entry + size
                    : size > 0 ? limit : nextEntry(symbols, next, limit);
            add(symbols.get(first).name(), new Function.Place(entry, entry, end, false), names, exports, found, cold);
            first = next;
        }
        return new SymbolFunctions(List.copyOf(found), cold);
    }

    private static void add(
            String name,
            Function.Place place,
            LinkedHashSet<String> names,
            Set<String> exports,
            List<Named> found,
            Map<String, List<Function.Place>> cold) {
        int suffix = name.indexOf(COLD);
        if (suffix > 0) {
            cold.computeIfAbsent(name.substring(0, suffix), _ -> new ArrayList<>(1))
                    .add(place);
            return;
        }
        boolean exported = names.stream().anyMatch(exports::contains);
        var function = new Function(name, name, "", 0, exported, false, List.of(place), null);
        found.add(new Named(function, List.copyOf(names)));
    }

    private static long nextEntry(List<ElfSymbol> symbols, int next, long limit) {
        return next < symbols.size() ? Math.min(limit, symbols.get(next).value()) : limit;
    }

    /** By address. */
    List<Function> matching(NamePattern pattern) {
        var literal = pattern.literal();
        var candidates = literal.isPresent() ? byName.getOrDefault(literal.get(), List.of()) : byAddress;
        return candidates.stream()
                .filter(each -> each.isNamed(pattern))
                .map(Named::function)
                .toList();
    }

    /** The function whose code an address is in. */
    Optional<Function> at(long address) {
        int behind = firstBehind(address);
        return behind > 0 && address < byAddress.get(behind - 1).place().end()
                ? Optional.of(byAddress.get(behind - 1).function())
                : Optional.empty();
    }

    /** Functions around the beginning of another one, so close that a short jump can reach from them what a probe is moved over. */
    List<Function.Place> near(long entry) {
        int behind = firstBehind(entry);
        var found = new ArrayList<Function.Place>();
        for (int i = behind - 1; i >= 0 && byAddress.get(i).place().end() > entry - REACH; i--) {
            if (byAddress.get(i).place().entry() != entry) {
                found.add(byAddress.get(i).place());
            }
        }
        for (int i = behind; i < byAddress.size() && byAddress.get(i).place().entry() < entry + REACH; i++) {
            found.add(byAddress.get(i).place());
        }
        return found;
    }

    /** Index of the first function that begins behind an address. */
    private int firstBehind(long address) {
        int low = 0;
        int high = byAddress.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byAddress.get(middle).place().entry() <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Parts of a function that the compiler has put elsewhere. */
    List<Function.Place> coldParts(Function function) {
        return cold.getOrDefault(function.linkageName(), List.of());
    }
}
