package io.stapscope.debuginfo.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One ELF file: its sections, segments and symbols. */
public final class ElfFile {
    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int SECTION_SIZE = 64;
    private static final int SEGMENT_SIZE = 56;
    private static final int SYMBOL_SIZE = 24;

    /** Types of files. */
    public static final int EXECUTABLE = 2;

    private final ByteBuffer bytes;
    private final List<ElfSection> sections;
    private final List<ElfSegment> segments;
    private @Nullable ElfFunctions functions;

    private ElfFile(ByteBuffer bytes) {
        this.bytes = bytes;
        segments = readSegments();
        sections = readSections();
    }

    /** @throws ElfFormatException when it is no such file, or is cut off */
    public static ElfFile read(ByteBuffer file) {
        var bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < 64 || bytes.getInt(0) != MAGIC) {
            throw new ElfFormatException("is no ELF file");
        }
        if (bytes.get(4) != CLASS_64 || bytes.get(5) != LITTLE_ENDIAN) {
            throw new ElfFormatException("is no 64-bit little-endian ELF file");
        }
        try {
            return new ElfFile(bytes);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new ElfFormatException("is cut off or damaged");
        }
    }

    /** ET_*. */
    public int type() {
        return Short.toUnsignedInt(bytes.getShort(16));
    }

    /** EM_*. */
    public int machine() {
        return Short.toUnsignedInt(bytes.getShort(18));
    }

    public List<ElfSection> sections() {
        return sections;
    }

    public Optional<ElfSection> section(String name) {
        return sections.stream().filter(section -> section.name().equals(name)).findFirst();
    }

    public List<ElfSegment> segments() {
        return segments;
    }

    /** The bytes of a section; none when they are not in the file. */
    public ByteBuffer bytes(ElfSection section) {
        if (section.type() == ElfSection.NO_BITS) {
            return ByteBuffer.allocate(0);
        }
        return slice(section.offset(), section.size());
    }

    /** Address before relocation of a byte of the file that is loaded. */
    public OptionalLong addressOfOffset(long fileOffset) {
        for (var segment : segments) {
            if (segment.type() == ElfSegment.LOAD && segment.holdsOffset(fileOffset)) {
                return OptionalLong.of(fileOffset - segment.offset() + segment.address());
            }
        }
        return OptionalLong.empty();
    }

    /** The symbols of a table, which may be none: {@code .symtab} or {@code .dynsym}. */
    public List<ElfSymbol> symbols(ElfSection table) {
        var found = new ArrayList<ElfSymbol>();
        forEachSymbol(table, found::add);
        return found;
    }

    private void forEachSymbol(ElfSection table, java.util.function.Consumer<ElfSymbol> visitor) {
        var entries = bytes(table);
        var names = bytes(sections.get(table.link()));
        for (int at = 0; at + SYMBOL_SIZE <= entries.limit(); at += SYMBOL_SIZE) {
            int info = entries.get(at + 4);
            visitor.accept(new ElfSymbol(
                    text(names, entries.getInt(at)),
                    entries.getLong(at + 8),
                    entries.getLong(at + 16),
                    info & 0xf,
                    info >>> 4 & 0xf,
                    Short.toUnsignedInt(entries.getShort(at + 6))));
        }
    }

    /** All functions that are defined here, by address. */
    public ElfFunctions functions() {
        var known = functions;
        if (known == null) {
            var found = new ArrayList<ElfSymbol>();
            for (var section : sections) {
                if (section.type() == ElfSection.SYMBOLS || section.type() == ElfSection.DYNAMIC_SYMBOLS) {
                    forEachSymbol(section, symbol -> {
                        if (symbol.isFunction() && symbol.isDefined()) {
                            found.add(symbol);
                        }
                    });
                }
            }
            known = new ElfFunctions(found);
            functions = known;
        }
        return known;
    }

    private List<ElfSegment> readSegments() {
        long start = bytes.getLong(32);
        int count = Short.toUnsignedInt(bytes.getShort(56));
        var found = new ArrayList<ElfSegment>();
        for (int i = 0; i < count; i++) {
            var entry = slice(start + (long) i * SEGMENT_SIZE, SEGMENT_SIZE);
            found.add(new ElfSegment(
                    entry.getInt(0),
                    entry.getInt(4),
                    entry.getLong(8),
                    entry.getLong(16),
                    entry.getLong(32),
                    entry.getLong(40)));
        }
        return List.copyOf(found);
    }

    private List<ElfSection> readSections() {
        long start = bytes.getLong(40);
        int count = Short.toUnsignedInt(bytes.getShort(60));
        int names = Short.toUnsignedInt(bytes.getShort(62));
        if (start == 0 || count == 0) {
            return List.of();
        }
        var nameEntry = slice(start + (long) names * SECTION_SIZE, SECTION_SIZE);
        var text = slice(nameEntry.getLong(24), nameEntry.getLong(32));
        var found = new ArrayList<ElfSection>();
        for (int i = 0; i < count; i++) {
            var entry = slice(start + (long) i * SECTION_SIZE, SECTION_SIZE);
            found.add(new ElfSection(
                    text(text, entry.getInt(0)),
                    entry.getInt(4),
                    entry.getLong(8),
                    entry.getLong(16),
                    entry.getLong(24),
                    entry.getLong(32),
                    entry.getInt(40),
                    entry.getLong(56)));
        }
        return List.copyOf(found);
    }

    private ByteBuffer slice(long offset, long size) {
        return bytes.slice(Math.toIntExact(offset), Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A NUL-terminated name, one char for each byte. */
    private static String text(ByteBuffer from, int offset) {
        var text = new StringBuilder();
        for (int at = offset; at < from.limit() && from.get(at) != 0; at++) {
            text.append((char) (from.get(at) & 0xff));
        }
        return text.toString();
    }
}
