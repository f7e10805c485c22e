package io.stapscope.debuginfo;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfSection;
import io.stapscope.debuginfo.elf.ElfSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A program cut down to the beginnings of its sections: whole units of debug information, the first symbols, some code. Nobody
 * can run it any more, but readers find in it all that they look at, and it takes no time to read. Each section that is loaded
 * becomes a segment of its own.
 */
final class SmallElf {
    private static final int MOST_UNITS = 12 << 10;
    private static final int MOST_LISTS = 32 << 10;
    private static final int MOST_TEXTS = 1 << 20;
    private static final int MOST_NAMES = 4 << 20;
    private static final int MOST_CODE = 16 << 10;
    private static final int MOST_DATA = 2 << 10;
    private static final int ENTRIES = 160;

    private final ByteBuffer file;
    private final ElfFile elf;
    private final boolean wide;
    private final List<byte[]> contents = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();

    private SmallElf(ByteBuffer file) {
        this.file = file.order(ByteOrder.LITTLE_ENDIAN);
        elf = ElfFile.read(file);
        wide = elf.is64();
    }

    /** @param args a program, and the file that gets it small and compressed */
    public static void main(String[] args) throws IOException {
        var small = new byte[0];
        try (var channel = FileChannel.open(Path.of(args[0]))) {
            small = of(channel.map(MapMode.READ_ONLY, 0, channel.size()));
        }
        try (var output = new GZIPOutputStream(Files.newOutputStream(Path.of(args[1])))) {
            output.write(small);
        }
        System.out.printf("%s: %d of %d bytes%n", args[1], Files.size(Path.of(args[1])), small.length);
    }

    static byte[] of(ByteBuffer file) {
        return new SmallElf(file).cut();
    }

    private byte[] cut() {
        for (var section : elf.sections()) {
            contents.add(section.isHere() ? content(section) : new byte[0]);
        }
        keepUsed(".debug_str", ".debug_info");
        keepUsed(".strtab", ".symtab");
        var segments = segments();
        long at = (wide ? 64 : 52) + (long) segments.size() * segmentSize();
        for (var content : contents) {
            at = at + 15 & -16;
            offsets.add(at);
            at += content.length;
        }
        long table = at + 15 & -16;
        var small = ByteBuffer.allocate((int) table + contents.size() * sectionSize())
                .order(ByteOrder.LITTLE_ENDIAN);
        small.put(0, file, 0, wide ? 64 : 52);
        word(small, wide ? 32 : 28, wide ? 64 : 52);
        word(small, wide ? 40 : 32, table);
        small.putShort(wide ? 56 : 44, (short) segments.size());
        for (int i = 0; i < segments.size(); i++) {
            segment(small, (wide ? 64 : 52) + i * segmentSize(), segments.get(i));
        }
        for (int i = 0; i < contents.size(); i++) {
            small.put(offsets.get(i).intValue(), contents.get(i));
            section(small, (int) table + i * sectionSize(), i);
        }
        return small.array();
    }

    /** Clears many texts but those that the other section may mean: that begin where any four bytes of it say. */
    private void keepUsed(String texts, String user) {
        int from = index(texts);
        int by = index(user);
        if (from < 0
                || by < 0
                || contents.get(from).length < MOST_LISTS
                || elf.sections().get(from).isCompressed()) {
            return;
        }
        var all = contents.get(from);
        var used = new byte[all.length];
        var numbers = ByteBuffer.wrap(contents.get(by)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i + 4 <= numbers.limit(); i++) {
            int at = numbers.getInt(i);
            boolean begins = at > 0 && at < all.length && all[at - 1] == 0;
            for (; begins && at < all.length && all[at] != used[at]; at++) {
                used[at] = all[at];
            }
        }
        int end = used.length;
        while (end > 1 && used[end - 2] == 0) {
            end--;
        }
        contents.set(from, Arrays.copyOf(used, end));
    }

    private int index(String name) {
        var sections = elf.sections();
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private byte[] content(ElfSection section) {
        if (section.type() == ElfSection.SYMBOLS || section.type() == ElfSection.DYNAMIC_SYMBOLS) {
            return symbols(elf.bytes(section));
        }
        boolean packed = section.isCompressed() || section.name().startsWith(".zdebug");
        var whole = elf.contents(section);
        var part = new byte[(int) Math.min(whole.limit(), most(section, whole))];
        whole.get(0, part);
        return packed ? pack(section, part) : part;
    }

    /** The first ones whose names are kept, those of other files only where there is room for all. */
    private byte[] symbols(ByteBuffer table) {
        int size = wide ? 24 : 16;
        var kept = ByteBuffer.allocate(Math.min(table.limit(), ENTRIES * size));
        for (int at = 0; at + size <= table.limit() && kept.remaining() >= size; at += size) {
            boolean isNamed = Integer.toUnsignedLong(table.getInt(at)) < MOST_TEXTS - MOST_DATA;
            boolean isHere = table.getShort(at + (wide ? 6 : 14)) != 0;
            if (isNamed && (isHere || at < kept.limit() / 4 || table.limit() == kept.limit())) {
                kept.put(table.slice(at, size));
            }
        }
        return Arrays.copyOf(kept.array(), kept.position());
    }

    private static long most(ElfSection section, ByteBuffer whole) {
        var name = section.name().replaceFirst("^\\.z", ".");
        return switch (section.type()) {
            case ElfSection.RELOCATIONS -> ENTRIES * 24L;
            case ElfSection.STRINGS -> MOST_TEXTS;
            case ElfSection.NOTES, ElfSection.DYNAMIC -> MOST_LISTS;
            default ->
                switch (name) {
                    case ".debug_info", ".debug_line", ".debug_types" -> units(whole);
                    case ".debug_str", ".debug_line_str" -> MOST_NAMES;
                    case ".shstrtab" -> whole.limit();
                    case ".plt", ".plt.sec", ".plt.got" -> MOST_DATA;
                    default ->
                        name.startsWith(".debug") || name.startsWith(".eh_frame")
                                ? MOST_LISTS
                                : name.startsWith(".gnu_debug") || (section.flags() & 4) != 0 ? MOST_CODE : MOST_DATA;
                };
        };
    }

    /** Whole units: their first four bytes are their length. */
    private static long units(ByteBuffer whole) {
        long end = 0;
        while (end + 4 <= whole.limit()) {
            long next = end + 4 + Integer.toUnsignedLong(whole.getInt((int) end));
            if (next > whole.limit() || next > MOST_UNITS && end > 0 || next > 8L * MOST_UNITS) {
                break;
            }
            end = next;
        }
        return end == 0 ? MOST_UNITS : end;
    }

    private byte[] pack(ElfSection section, byte[] raw) {
        boolean old = !section.isCompressed();
        int header = old || !wide ? 12 : 24;
        var deflater = new Deflater();
        deflater.setInput(raw);
        deflater.finish();
        var packed = ByteBuffer.allocate(header + raw.length + 1024).order(ByteOrder.LITTLE_ENDIAN);
        packed.put(0, elf.bytes(section), 0, header);
        if (old) {
            packed.putLong(4, Long.reverseBytes(raw.length));
        } else {
            word(packed, wide ? 8 : 4, raw.length);
        }
        packed.position(header);
        deflater.deflate(packed);
        deflater.end();
        var result = new byte[packed.position()];
        packed.get(0, result);
        return result;
    }

    /** What a segment becomes. @param section its bytes */
    private record Segment(int type, int flags, long address, int section) {}

    private List<Segment> segments() {
        var found = new ArrayList<Segment>();
        var sections = elf.sections();
        for (var segment : elf.segments()) {
            for (int i = 0; i < sections.size(); i++) {
                var section = sections.get(i);
                boolean inside = section.isHere()
                        && (section.flags() & 2) != 0
                        && Long.compareUnsigned(section.address(), segment.address()) >= 0
                        && section.address() - segment.address() < segment.fileSize();
                if (inside && contents.get(i).length > 0) {
                    found.add(new Segment(segment.type(), segment.flags(), section.address(), i));
                    if (segment.type() != ElfSegment.LOAD && segment.type() != ElfSegment.NOTE) {
                        break;
                    }
                }
            }
        }
        return found;
    }

    private void segment(ByteBuffer small, int at, Segment segment) {
        long offset = offsets.get(segment.section());
        long size = contents.get(segment.section()).length;
        small.putInt(at, segment.type());
        small.putInt(at + (wide ? 4 : 24), segment.flags());
        var words = List.of(offset, segment.address(), segment.address(), size, size);
        for (int i = 0; i < words.size(); i++) {
            word(small, at + (wide ? 8 + 8 * i : 4 + 4 * i), words.get(i));
        }
        word(small, at + (wide ? 48 : 28), 16);
    }

    private void section(ByteBuffer small, int at, int index) {
        int from = (int) (wide ? file.getLong(40) : file.getInt(32)) + index * sectionSize();
        small.put(at, file, from, sectionSize());
        if (elf.sections().get(index).isHere()) {
            word(small, at + (wide ? 24 : 16), offsets.get(index));
            word(small, at + (wide ? 32 : 20), contents.get(index).length);
        }
    }

    private int segmentSize() {
        return wide ? 56 : 32;
    }

    private int sectionSize() {
        return wide ? 64 : 40;
    }

    private void word(ByteBuffer bytes, int at, long value) {
        if (wide) {
            bytes.putLong(at, value);
        } else {
            bytes.putInt(at, (int) value);
        }
    }
}
