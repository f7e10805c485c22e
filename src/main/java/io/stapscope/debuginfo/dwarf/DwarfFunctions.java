package io.stapscope.debuginfo.dwarf;

import io.stapscope.debuginfo.dwarf.DwarfFunction.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The functions of a program, by name and by address. */
public final class DwarfFunctions {
    /** Bytes of names and pieces of code that one answer may take. */
    private static final long MAX_ANSWER = 1L << 28;

    private static final int BYTES_OF_RANGE = 40;

    private final DwarfFile file;
    private final LongList dies;
    private final long[] names;
    private final long[] linkageNames;
    private final long[] roots;
    private final HashChains byName;
    private final HashChains byLinkageName;
    private final HashChains byRoot;
    private @Nullable InlinedCopies inlined;
    private @Nullable CodeMap map;

    DwarfFunctions(DwarfFile file, DwarfIndex index) {
        this.file = file;
        dies = index.functions.dies;
        int count = dies.size();
        names = new long[count];
        linkageNames = new long[count];
        roots = new long[count];
        var chain = new DieChain(file.reader());
        for (int i = 0; i < count; i++) {
            names[i] = index.functions.names.get(i);
            linkageNames[i] = index.functions.linkageNames.get(i);
            roots[i] = dies.get(i);
            if (index.functions.origins.get(i) != 0) {
                inherit(chain, i);
            }
        }
        var texts = file.texts();
        byName = new HashChains(count, i -> texts.hash(names[i]));
        byLinkageName = new HashChains(count, i -> texts.hash(linkageNames[i]));
        byRoot = new HashChains(count, i -> Long.hashCode(roots[i]));
    }

    private void inherit(DieChain chain, int i) {
        try {
            long die = dies.get(i);
            roots[i] = chain.root(die);
            names[i] = names[i] != 0 ? names[i] : chain.nameKey(die);
            linkageNames[i] = linkageNames[i] != 0 ? linkageNames[i] : chain.linkageKey(die);
        } catch (DwarfFormatException e) {
            names[i] = 0;
        }
    }

    /**
     * Functions whose name, or name for linkers, fits. Those that are only inlined have no code of their own.
     *
     * @throws DwarfFormatException when entries of them cannot be read
     */
    public List<DwarfFunction> find(Predicate<String> name) {
        var found = new LinkedHashSet<Long>();
        var texts = file.texts();
        for (int i = 0; i < roots.length; i++) {
            if (fits(texts, names[i], name) || fits(texts, linkageNames[i], name)) {
                found.add(roots[i]);
            }
        }
        return read(found);
    }

    private static boolean fits(DwarfTexts texts, long key, Predicate<String> name) {
        try {
            return key != 0 && name.test(texts.text(key));
        } catch (DwarfFormatException e) {
            return false;
        }
    }

    /** Functions of one name, as the source or a linker writes it. */
    public List<DwarfFunction> named(String name) {
        var text = name.getBytes(StandardCharsets.ISO_8859_1);
        var found = new LinkedHashSet<Long>();
        collect(byName, names, text, found);
        collect(byLinkageName, linkageNames, text, found);
        return read(found);
    }

    private void collect(HashChains chains, long[] keys, byte[] text, Set<Long> found) {
        for (int i = chains.first(DwarfTexts.hash(text)); i >= 0; i = chains.next(i)) {
            if (keys[i] != 0 && file.texts().equals(keys[i], text)) {
                found.add(roots[i]);
            }
        }
    }

    private List<DwarfFunction> read(Set<Long> found) {
        var reader = file.reader();
        var functions = new ArrayList<DwarfFunction>(found.size());
        long taken = 0;
        for (long root : found) {
            var function = ofRoot(reader, root);
            for (var code : function.code()) {
                taken += (long) code.ranges().size() * BYTES_OF_RANGE;
            }
            taken += function.name().length() + function.linkageName().length();
            if (taken > MAX_ANSWER) {
                throw new DwarfFormatException("names and pieces of functions overlap without end");
            }
            functions.add(function);
        }
        return functions;
    }

    /** The function that an entry stands for: its definition, its declaration, a copy of it, or a call's target. */
    public DwarfFunction of(long die) {
        var reader = file.reader();
        return ofRoot(reader, new DieChain(reader).root(die));
    }

    private DwarfFunction ofRoot(DieReader reader, long root) {
        long definition = root;
        var code = new ArrayList<Code>(1);
        for (int i = byRoot.first(Long.hashCode(root)); i >= 0; i = byRoot.next(i)) {
            if (roots[i] != root) {
                continue;
            }
            reader.moveTo(dies.get(i));
            var own = CodeReader.read(reader);
            if (definition == root || (own.isPresent() && code.isEmpty())) {
                definition = dies.get(i);
            }
            own.ifPresent(code::add);
        }
        var chain = new DieChain(reader);
        var name = file.texts().text(chain.nameKey(definition));
        var linkageName = file.texts().text(chain.linkageKey(definition));
        return new DwarfFunction(
                root,
                definition,
                name,
                linkageName.isEmpty() ? name : linkageName,
                chain.flag(definition, DwarfAttribute.EXTERNAL),
                chain.declaration(definition),
                chain.type(definition),
                code);
    }

    /** Copies of a function inside others, by address. */
    public List<Code> inlined(DwarfFunction function) {
        return copies().of(function.die());
    }

    /** The code that holds an address: of a function first, then of what is inlined there, the innermost last. */
    public List<Code> at(long address) {
        int function = codeMap().find(address);
        if (function < 0) {
            return List.of();
        }
        var reader = file.reader();
        reader.moveTo(dies.get(function));
        var found = new ArrayList<Code>();
        CodeReader.read(reader).ifPresent(found::add);
        InlinedCopies.descend(reader, address, found);
        return found;
    }

    /** The function whose own code holds an address, inlined copies left aside. */
    public Optional<DwarfFunction> holding(long address) {
        int function = codeMap().find(address);
        return function < 0 ? Optional.empty() : Optional.of(of(dies.get(function)));
    }

    private synchronized InlinedCopies copies() {
        var known = inlined;
        if (known == null) {
            known = new InlinedCopies(file, dies);
            inlined = known;
        }
        return known;
    }

    private synchronized CodeMap codeMap() {
        var known = map;
        if (known == null) {
            known = new CodeMap(file, dies);
            map = known;
        }
        return known;
    }
}
