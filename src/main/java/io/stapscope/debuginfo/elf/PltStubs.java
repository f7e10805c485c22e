package io.stapscope.debuginfo.elf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stubs of a file and their names: a stub jumps through a word of the offset table, a relocation tells which
 * symbol's address the linker puts into that word.
 */
final class PltStubs {
    private static final Set<String> CODE = Set.of(".plt", ".plt.sec", ".plt.got");
    private static final Set<String> RELOCATIONS = Set.of(".rela.plt", ".rela.dyn");
    private static final int MOST_LETTERS = 1 << 24;

    private final ElfFile file;
    private final Map<Long, Target> targets = new HashMap<>();
    private final List<PltStub> found = new ArrayList<>();
    private int letters;

    /** What a word of the offset table will hold. */
    private record Target(SymbolTable symbols, long symbol, long addend, boolean indirect) {}

    private PltStubs(ElfFile file) {
        this.file = file;
    }

    /** In the order of the file; none for machines other than x86-64 and aarch64. */
    static List<PltStub> of(ElfFile file) {
        if (!file.is64() || file.machine() != Machine.X86_64 && file.machine() != Machine.AARCH64) {
            return List.of();
        }
        var stubs = new PltStubs(file);
        stubs.relocations();
        for (var section : file.sections()) {
            if (CODE.contains(section.name()) && section.isHere() && !stubs.targets.isEmpty()) {
                var code = file.window(section);
                if (file.machine() == Machine.X86_64) {
                    stubs.x86(section, code);
                } else {
                    stubs.aarch64(section, code);
                }
            }
        }
        return List.copyOf(stubs.found);
    }

    private void relocations() {
        boolean x86 = file.machine() == Machine.X86_64;
        int slot = x86 ? 7 : 1026;
        int data = x86 ? 6 : 1025;
        int indirect = x86 ? 37 : 1032;
        var names = new HashSet<String>();
        for (var section : file.sections()) {
            if (!RELOCATIONS.contains(section.name()) || !section.isHere() || !names.add(section.name())) {
                continue;
            }
            var symbols = file.symbolTable(section.link());
            var bytes = file.window(section);
            for (long at = 0; at + 24 <= bytes.size(); at += 24) {
                int type = bytes.i32(at + 8);
                if (type == slot || type == data || type == indirect) {
                    targets.put(
                            bytes.i64(at),
                            new Target(symbols, bytes.u32(at + 12), bytes.i64(at + 16), type == indirect));
                }
            }
        }
    }

    /** {@code [endbr64] [bnd] jmp *displacement(%rip)}: f3 0f 1e fa, f2, ff 25 and four bytes. */
    private void x86(ElfSection section, ElfBytes code) {
        for (long at = 0; at + 6 <= code.size(); at++) {
            if (code.u8(at) != 0xff || code.u8(at + 1) != 0x25) {
                continue;
            }
            long word = section.address() + at + 6 + code.i32(at + 2);
            long start = at;
            if (start >= 1 && code.u8(start - 1) == 0xf2) {
                start -= 1;
            }
            if (start >= 4 && code.i32(start - 4) == 0xfa1e0ff3) {
                start -= 4;
            }
            if (add(word, section.address() + start)) {
                at += 5;
            }
        }
    }

    /** {@code [bti c]; adrp x16, page; ldr x17, [x16, offset]}. */
    private void aarch64(ElfSection section, ElfBytes code) {
        for (long at = 0; at + 8 <= code.size(); at += 4) {
            int first = code.i32(at);
            int second = code.i32(at + 4);
            if ((first & 0x9f00001f) != 0x90000010 || (second & 0xffc003ff) != 0xf9400211) {
                continue;
            }
            long pages = (first >> 5 & 0x7ffffL) << 2 | first >>> 29 & 3;
            long distance = pages << 43 >> 31;
            long word = (section.address() + at & -4096) + distance + (second >>> 10 & 0xfff) * 8L;
            boolean marked = at >= 4 && code.i32(at - 4) == 0xd503245f;
            add(word, section.address() + (marked ? at - 4 : at));
        }
    }

    private boolean add(long word, long address) {
        var target = targets.get(word);
        var name = target == null ? null : name(target);
        if (name == null) {
            return false;
        }
        letters += name.length() + 1;
        if (letters > MOST_LETTERS) {
            throw new ElfFormatException("has stubs with names of more than " + MOST_LETTERS + " bytes");
        }
        found.add(new PltStub(name, address));
        return true;
    }

    /** Of a function that chooses another at the start of the program: the name of the one that chooses. */
    private @Nullable String name(Target target) {
        if (!target.indirect()) {
            return target.symbols().name(target.symbol());
        }
        return file.functions()
                .at(target.addend())
                .filter(function -> function.value() == target.addend())
                .map(ElfSymbol::name)
                .orElse(null);
    }
}
