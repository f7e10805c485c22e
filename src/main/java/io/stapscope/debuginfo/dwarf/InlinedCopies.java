package io.stapscope.debuginfo.dwarf;

import io.stapscope.debuginfo.dwarf.DwarfFunction.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies of functions inside others, found in one pass over the bodies of all functions. */
final class InlinedCopies {
    private final DwarfFile file;
    private final LongList dies = new LongList();
    private final LongList roots = new LongList();
    private final HashChains byRoot;
    /** Each entry takes a byte at least, and is seen once unless functions overlap. */
    private long budget;

    /** @param functions entries of all functions */
    InlinedCopies(DwarfFile file, LongList functions) {
        this.file = file;
        var reader = file.reader();
        var origins = new LongList();
        budget = file.size();
        for (int i = 0; i < functions.size(); i++) {
            try {
                collect(reader, functions.get(i), origins);
            } catch (DwarfFormatException e) {
                // What was found before the broken part is kept; the index tells of it.
                origins.truncate(dies.size());
            }
        }
        resolve(origins);
        byRoot = new HashChains(dies.size(), i -> Long.hashCode(roots.get(i)));
    }

    private void collect(DieReader reader, long function, LongList origins) {
        reader.moveTo(function);
        int depth = reader.hasChildren() ? 1 : 0;
        while (depth > 0 && !reader.atEnd() && budget-- > 0) {
            if (!reader.next()) {
                depth--;
                continue;
            }
            if (reader.tag() == DwarfTag.INLINED_SUBROUTINE) {
                origins.add(reader.reference(DwarfAttribute.ABSTRACT_ORIGIN));
                dies.add(reader.die());
            }
            depth += reader.hasChildren() ? 1 : 0;
        }
    }

    private void resolve(LongList origins) {
        var chain = new DieChain(file.reader());
        Map<Long, Long> known = new HashMap<>();
        for (int i = 0; i < dies.size(); i++) {
            roots.add(known.computeIfAbsent(origins.get(i), origin -> root(chain, origin)));
        }
    }

    private static long root(DieChain chain, long origin) {
        try {
            return origin == 0 ? 0 : chain.root(origin);
        } catch (DwarfFormatException e) {
            return 0;
        }
    }

    /** The copies of the function that an entry stands for, by address. */
    List<Code> of(long root) {
        var reader = file.reader();
        var found = new ArrayList<Code>();
        for (int i = byRoot.first(Long.hashCode(root)); i >= 0; i = byRoot.next(i)) {
            if (roots.get(i) == root) {
                reader.moveTo(dies.get(i));
                CodeReader.read(reader).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(Code::entry, Long::compareUnsigned));
        return found;
    }

    /** Adds the copies that hold an address, going down from the function where the reader stands. */
    static void descend(DieReader reader, long address, List<Code> found) {
        boolean open = reader.hasChildren();
        while (open && reader.next()) {
            if (DwarfTag.isBlock(reader.tag()) || reader.tag() == DwarfTag.INLINED_SUBROUTINE) {
                var code = CodeReader.read(reader);
                if (code.isPresent() && code.get().holds(address)) {
                    if (code.get().inlined()) {
                        found.add(code.get());
                    }
                    open = reader.hasChildren();
                    continue;
                }
            }
            reader.skipChildren();
        }
    }
}
