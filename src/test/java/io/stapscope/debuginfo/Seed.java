package io.stapscope.debuginfo;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfSection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A program that is mutated in place, in memory of our own. */
final class Seed {
    /** Most of a section is more of the same. */
    private static final int MOST = 16 << 10;

    private static final Set<Integer> TABLES = Set.of(
            ElfSection.SYMBOLS,
            ElfSection.STRINGS,
            ElfSection.RELOCATIONS,
            ElfSection.DYNAMIC,
            ElfSection.DYNAMIC_SYMBOLS,
            ElfSection.NOTES);

    private final String name;
    private final ByteBuffer bytes;
    private final Function<ByteBuffer, Damaged> program;
    private final List<Window> windows = new ArrayList<>();

    /** Where mutations are worthwhile. */
    record Window(int start, int size) {}

    /**
     * @param content is copied
     * @param program what readers get of the damaged bytes: the program, or another one that needs them
     */
    Seed(String name, byte[] content, Function<ByteBuffer, Damaged> program) {
        this.name = name;
        this.program = program;
        bytes = ByteBuffer.wrap(content.clone()).order(ByteOrder.LITTLE_ENDIAN);
        findWindows(ElfFile.read(bytes));
    }

    String name() {
        return name;
    }

    /** Little-endian. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** What readers get of the bytes up to a limit. */
    Damaged program(int limit) {
        return program.apply(bytes.duplicate().limit(limit).asReadOnlyBuffer());
    }

    List<Window> windows() {
        return windows;
    }

    private void findWindows(ElfFile elf) {
        int header = elf.is64() ? 64 : 52;
        int segments = elf.segments().size() * (elf.is64() ? 56 : 32);
        int sections = elf.sections().size() * (elf.is64() ? 64 : 40);
        int table = elf.is64() ? (int) bytes.getLong(40) : bytes.getInt(32);
        window(0, header);
        window(header, segments);
        for (int i = 0; i < 4 && table > 0; i++) {
            window(table, sections);
        }
        for (var section : elf.sections()) {
            var name = section.name();
            boolean read = name.startsWith(".debug")
                    || name.startsWith(".zdebug")
                    || name.startsWith(".eh_frame")
                    || name.startsWith(".gnu_debug")
                    || name.startsWith(".plt")
                    || name.startsWith(".gnu.hash")
                    || name.equals(".text")
                    || TABLES.contains(section.type());
            if (read && section.isHere()) {
                window((int) section.offset(), (int) Math.min(section.size(), MOST));
            }
            // Where all else begins, and what the readers know least of.
            if (name.endsWith("debug_info") || name.endsWith("debug_abbrev") || name.endsWith("debug_line")) {
                window((int) section.offset(), (int) Math.min(section.size(), MOST));
            }
        }
    }

    private void window(int start, int size) {
        if (size > 0 && start + size <= bytes.limit()) {
            windows.add(new Window(start, size));
        }
    }
}
