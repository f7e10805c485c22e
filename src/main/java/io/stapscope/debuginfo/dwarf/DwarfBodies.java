package io.stapscope.debuginfo.dwarf;

import io.stapscope.debuginfo.dwarf.DwarfFunction.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the code of functions holds: variables, labels, calls. */
public final class DwarfBodies {
    private static final int MAX_BLOCKS = 256;

    private final DwarfFile file;

    DwarfBodies(DwarfFile file) {
        this.file = file;
    }

    /**
     * Variables and parameters that can be named at an address of a function, a list for each block: the innermost first,
     * the function's own last. Those of other functions that are inlined there are theirs.
     */
    public List<List<DwarfVariable>> scopes(Code code, long address) {
        var blocks = new ArrayList<List<Long>>();
        blocks.add(new ArrayList<>());
        var walk = file.reader();
        walk.moveTo(code.die());
        long origin = walk.reference(DwarfAttribute.ABSTRACT_ORIGIN);
        boolean open = walk.hasChildren();
        while (open && walk.next()) {
            if (isVariable(walk.tag())) {
                blocks.getLast().add(walk.die());
            } else if (DwarfTag.isBlock(walk.tag()) && blocks.size() < MAX_BLOCKS && holds(walk, address)) {
                // What follows the innermost block belongs to the blocks around it, which are read again for that.
                readRest(walk.die(), blocks);
                blocks.add(new ArrayList<>());
                open = walk.hasChildren();
                continue;
            }
            walk.skipChildren();
        }
        var reader = file.reader();
        var found = new ArrayList<List<DwarfVariable>>();
        for (var block : blocks.reversed()) {
            found.add(read(reader, block));
        }
        addAbsent(reader, blocks.getFirst(), origin, found.getLast());
        return found;
    }

    private static boolean isVariable(int tag) {
        return tag == DwarfTag.FORMAL_PARAMETER || tag == DwarfTag.VARIABLE;
    }

    private static boolean holds(DieReader reader, long address) {
        for (var range : RangeLists.of(reader)) {
            if (range.holds(address)) {
                return true;
            }
        }
        return false;
    }

    /** Adds the siblings that follow a block to the block around it. */
    private void readRest(long block, List<List<Long>> blocks) {
        var rest = file.reader();
        rest.moveTo(block);
        rest.skipChildren();
        while (rest.next()) {
            if (isVariable(rest.tag())) {
                blocks.getLast().add(rest.die());
            }
            rest.skipChildren();
        }
    }

    private List<DwarfVariable> read(DieReader reader, List<Long> block) {
        var found = new ArrayList<DwarfVariable>();
        for (long die : block) {
            reader.moveTo(die);
            boolean elsewhere = reader.flag(DwarfAttribute.DECLARATION);
            var variable = DwarfVariable.read(reader, die);
            found.add(elsewhere ? global(variable) : variable);
        }
        return found;
    }

    /** {@code extern int x;} inside a function names a variable of some file. */
    private DwarfVariable global(DwarfVariable declared) {
        return file.variables().named(declared.name()).stream()
                .filter(DwarfVariable::external)
                .findFirst()
                .orElse(declared);
    }

    /** Copies leave out what they need not; its names exist all the same. */
    private void addAbsent(DieReader reader, List<Long> present, long origin, List<DwarfVariable> found) {
        if (origin == 0) {
            return;
        }
        Set<Long> known = new HashSet<>();
        for (long die : present) {
            reader.moveTo(die);
            known.add(reader.origin());
        }
        var absent = new ArrayList<Long>();
        reader.moveTo(origin);
        boolean open = reader.hasChildren();
        while (open && reader.next()) {
            if (isVariable(reader.tag()) && !known.contains(reader.die())) {
                absent.add(reader.die());
            }
            reader.skipChildren();
        }
        for (long die : absent) {
            found.add(DwarfVariable.read(reader, die));
        }
    }

    /** Labels of a copy of a function. */
    public List<DwarfLabel> labels(Code code) {
        var found = new ArrayList<DwarfLabel>();
        var other = file.reader();
        var chain = new DieChain(other);
        walk(code, reader -> {
            if (reader.tag() == DwarfTag.LABEL && reader.has(DwarfAttribute.LOW_PC)) {
                long die = reader.die();
                found.add(new DwarfLabel(
                        chain.text(die, DwarfAttribute.NAME),
                        reader.address(DwarfAttribute.LOW_PC),
                        chain.declaration(die)));
            }
        });
        return found;
    }

    /** What a copy of a function calls directly. Compilers tell of it in code that they optimise, and of inlined copies. */
    public List<DwarfCall> calls(Code code) {
        var found = new ArrayList<DwarfCall>();
        walk(code, reader -> {
            switch (reader.tag()) {
                case DwarfTag.INLINED_SUBROUTINE ->
                    CodeReader.read(reader)
                            .ifPresent(copy -> found.add(new DwarfCall(
                                    reader.reference(DwarfAttribute.ABSTRACT_ORIGIN), copy.entry(), true)));
                case DwarfTag.CALL_SITE ->
                    found.add(new DwarfCall(
                            reader.reference(DwarfAttribute.CALL_ORIGIN),
                            reader.address(DwarfAttribute.CALL_RETURN_PC),
                            false));
                case DwarfTag.GNU_CALL_SITE ->
                    found.add(new DwarfCall(
                            reader.reference(DwarfAttribute.ABSTRACT_ORIGIN),
                            reader.address(DwarfAttribute.LOW_PC),
                            false));
                default -> {}
            }
        });
        return found;
    }

    /** Visits all entries of a copy of a function and of its blocks, but not those inside functions that are inlined. */
    private void walk(Code code, Consumer<DieReader> visitor) {
        var reader = file.reader();
        reader.moveTo(code.die());
        int depth = reader.hasChildren() ? 1 : 0;
        while (depth > 0 && !reader.atEnd()) {
            if (!reader.next()) {
                depth--;
                continue;
            }
            visitor.accept(reader);
            if (DwarfTag.isBlock(reader.tag())) {
                depth += reader.hasChildren() ? 1 : 0;
            } else {
                reader.skipChildren();
            }
        }
    }
}
