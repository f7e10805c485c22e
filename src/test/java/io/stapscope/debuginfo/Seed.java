package io.stapscope.debuginfo;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;

/**
 * A program that is mutated in place, in memory of our own. Its tables are cut to their
 * first entries, so that reading the file of a large program takes no longer than that of a small one.
 */
final class Seed {
    private static final int MOST_DEBUG = 16 << 10;
    private static final int MOST_TABLE = 160 * 24;
    private static final int MOST_CODE = 4 << 10;
    private static final Set<Integer> TABLES = Set.of(
            ElfSection.SYMBOLS,
            ElfSection.RELOCATIONS,
            ElfSection.DYNAMIC,
            ElfSection.DYNAMIC_SYMBOLS,
            ElfSection.NOTES);

    private final String name;
    private final ByteBuffer bytes;
    private final List<Window> windows = new ArrayList<>();

    /** Where mutations are worthwhile. */
    record Window(int start, int size) {}

    Seed(Path file) {
        name = file.getFileName().toString();
        // A private mapping asks for a file that is open for writing, and nobody can start a program that is.
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var elf = ElfFile.read(bytes);
        for (int i = 0; i < elf.sections().size(); i++) {
            slim(elf, i);
        }
        findWindows(ElfFile.read(bytes));
    }

    String name() {
        return name;
    }

    /** Little-endian; what is written goes to no file. */
    ByteBuffer bytes() {
        return bytes;
    }

    List<Window> windows() {
        return windows;
    }

    private void slim(ElfFile elf, int index) {
        var section = elf.sections().get(index);
        if (!section.isHere()) {
            return;
        }
        boolean debug = section.name().startsWith(".debug") || section.name().startsWith(".zdebug");
        if (debug && (section.isCompressed() || section.name().startsWith(".zdebug"))) {
            if (section.size() > MOST_DEBUG / 4) {
                compress(elf, index);
            }
        } else if (debug || section.name().startsWith(".eh_frame")) {
            resize(elf, index, units(section, elf.bytes(section)));
        } else if (TABLES.contains(section.type()) && section.size() > MOST_TABLE * 2) {
            resize(elf, index, MOST_TABLE);
        } else if (section.name().startsWith(".plt") && section.size() > MOST_CODE) {
            resize(elf, index, MOST_CODE);
        }
    }

    /** Whole units where a section has units: their first four bytes are their length. */
    private static int units(ElfSection section, ByteBuffer content) {
        if (content.limit() <= MOST_DEBUG
                || !Set.of(".debug_info", ".debug_line").contains(section.name())) {
            return Math.min(content.limit(), MOST_DEBUG);
        }
        int end = 0;
        while (end + 4 <= content.limit()) {
            long next = end + 4 + Integer.toUnsignedLong(content.getInt(end));
            if (next > content.limit() || next > MOST_DEBUG && end > 0 || next > 8L * MOST_DEBUG) {
                break;
            }
            end = (int) next;
        }
        return end == 0 ? MOST_DEBUG : end;
    }

    /** The beginning of a compressed section, compressed again in its place. */
    private void compress(ElfFile elf, int index) {
        var section = elf.sections().get(index);
        boolean old = !section.isCompressed();
        var content = elf.contents(section);
        int length = units(section, content);
        var raw = new byte[length];
        content.get(0, raw);
        var deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(raw);
        deflater.finish();
        int header = old || !elf.is64() ? 12 : 24;
        var packed = new byte[length + 1024];
        int size = deflater.deflate(packed);
        deflater.end();
        if (header + size > section.size()) {
            return;
        }
        int start = (int) section.offset();
        bytes.put(start + header, packed, 0, size);
        if (old) {
            bytes.putLong(start + 4, Long.reverseBytes(length));
        } else if (elf.is64()) {
            bytes.putLong(start + 8, length);
        } else {
            bytes.putInt(start + 4, length);
        }
        resize(elf, index, header + size);
    }

    private void resize(ElfFile elf, int index, long size) {
        if (elf.is64()) {
            bytes.putLong((int) bytes.getLong(40) + index * 64 + 32, size);
        } else {
            bytes.putInt(bytes.getInt(32) + index * 40 + 20, (int) size);
        }
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
            boolean read = section.name().startsWith(".debug")
                    || section.name().startsWith(".zdebug")
                    || section.name().startsWith(".eh_frame")
                    || section.name().startsWith(".gnu_debug")
                    || section.name().startsWith(".plt")
                    || section.name().startsWith(".gnu.hash")
                    || section.type() == ElfSection.STRINGS
                    || TABLES.contains(section.type());
            if (read && section.isHere()) {
                window((int) section.offset(), (int) Math.min(section.size(), MOST_DEBUG));
            }
        }
    }

    private void window(int start, int size) {
        if (size > 0 && start + size <= bytes.limit()) {
            windows.add(new Window(start, size));
        }
    }
}
