package io.stapscope.debuginfo.elf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Sections of a file whose table of sections was stripped: what the dynamic linker is told of symbols and relocations, the
 * notes, and the table for unwinding.
 */
final class ImpliedSections {
    private static final long HASH = 4;
    private static final long RELOCATIONS = 7;
    private static final long RELOCATIONS_SIZE = 8;
    private static final long LINKAGE_SIZE = 2;
    private static final long LINKAGE = 23;
    private static final long GNU_HASH = 0x6ffffef5;

    /** Indices of what other sections refer to. */
    private static final int NAMES = 1;

    private static final int SYMBOLS = 2;

    /** An encoding of pointers: four signed bytes, relative to themselves. */
    private static final int RELATIVE_32 = 0x1b;

    private final ElfBytes bytes;
    private final List<ElfSegment> segments;
    private final List<ElfSection> found = new ArrayList<>();

    private ImpliedSections(ElfBytes bytes, List<ElfSegment> segments) {
        this.bytes = bytes;
        this.segments = segments;
    }

    static List<ElfSection> of(ElfBytes bytes, List<ElfSegment> segments) {
        var implied = new ImpliedSections(bytes, segments);
        implied.find();
        return List.copyOf(implied.found);
    }

    private void find() {
        for (var segment : segments) {
            if (segment.type() == ElfSegment.DYNAMIC && found.isEmpty()) {
                var entries = bytes.of(bytes.slice(segment.offset(), segment.fileSize(), "the dynamic segment"));
                dynamic(segment, ElfDynamic.entries(entries));
            }
        }
        for (var segment : segments) {
            if (segment.type() == ElfSegment.NOTE) {
                whole(".note", ElfSection.NOTES, segment, 0);
            } else if (segment.type() == ElfSegment.FRAME_HEADER) {
                whole(".eh_frame_hdr", ElfSection.BITS, segment, 0);
                frames(segment);
            }
        }
    }

    private void dynamic(ElfSegment segment, Map<Long, Long> entries) {
        var names = entries.get(ElfDynamic.STRING_TABLE);
        var symbols = entries.get(ElfDynamic.SYMBOL_TABLE);
        if (names == null || symbols == null) {
            return;
        }
        int entrySize = bytes.wide() ? 24 : 16;
        found.add(new ElfSection("", 0, 0, 0, 0, 0, 0, 0, 0));
        loaded(".dynstr", ElfSection.STRINGS, names, entries.getOrDefault(ElfDynamic.STRINGS_SIZE, 0L), 0);
        loaded(".dynsym", ElfSection.DYNAMIC_SYMBOLS, symbols, symbolCount(entries) * entrySize, NAMES);
        whole(".dynamic", ElfSection.DYNAMIC, segment, NAMES);
        var relocations = entries.get(RELOCATIONS);
        if (relocations != null) {
            long size = entries.getOrDefault(RELOCATIONS_SIZE, 0L);
            loaded(".rela.dyn", ElfSection.RELOCATIONS, relocations, size, SYMBOLS);
        }
        var linkage = entries.get(LINKAGE);
        if (linkage != null) {
            long size = entries.getOrDefault(LINKAGE_SIZE, 0L);
            loaded(".rela.plt", ElfSection.RELOCATIONS, linkage, size, SYMBOLS);
        }
    }

    private void add(String name, int type, long address, long offset, long size, int link) {
        found.add(new ElfSection(name, type, 0, address, offset, size, link, 0, 0));
    }

    private void whole(String name, int type, ElfSegment segment, int link) {
        found.add(new ElfSection(
                name, type, 0, segment.address(), segment.offset(), segment.fileSize(), link, 0, segment.alignment()));
    }

    /** One that the file must hold: others refer to it by its place in the list. */
    private void loaded(String name, int type, long address, long size, int link) {
        long offset = offset(address).orElseThrow(() -> new ElfFormatException("has its " + name + " nowhere"));
        bytes.slice(offset, size, name);
        add(name, type, address, offset, size, link);
    }

    private OptionalLong offset(long address) {
        for (var segment : segments) {
            if (segment.type() == ElfSegment.LOAD && segment.holdsAddress(address)) {
                return OptionalLong.of(address - segment.address() + segment.offset());
            }
        }
        return OptionalLong.empty();
    }

    /** Nothing tells the number of symbols but the tables that find them by their names. */
    private long symbolCount(Map<Long, Long> entries) {
        var hash = entries.get(HASH);
        if (hash != null && offset(hash).isPresent()) {
            return bytes.u32(offset(hash).getAsLong() + 4);
        }
        var gnu = entries.get(GNU_HASH);
        if (gnu != null && offset(gnu).isPresent()) {
            return gnuCount(offset(gnu).getAsLong());
        }
        return 0;
    }

    /**
     * The last symbol is the last of the chain with the highest number.
     *
     * <pre>
     *  buckets | first symbol | bloom words | shift | bloom words... | buckets... | chains: lowest bit marks the last
     * </pre>
     */
    private long gnuCount(long table) {
        long buckets = bytes.u32(table);
        long first = bytes.u32(table + 4);
        long bucket = table + 16 + bytes.u32(table + 8) * bytes.wordSize();
        long chains = bucket + 4 * buckets;
        long last = 0;
        for (long i = 0; i < buckets; i++) {
            last = Math.max(last, bytes.u32(bucket + 4 * i));
        }
        if (last < first) {
            return first;
        }
        while ((bytes.i32(chains + 4 * (last - first)) & 1) == 0) {
            last++;
        }
        return last + 1;
    }

    /** The frames end with a zero: all that is loaded behind their beginning is a safe size. */
    private void frames(ElfSegment header) {
        if (header.fileSize() < 8 || bytes.u8(header.offset() + 1) != RELATIVE_32) {
            return;
        }
        long address = header.address() + 4 + bytes.i32(header.offset() + 4);
        for (var segment : segments) {
            if (segment.type() == ElfSegment.LOAD && segment.holdsAddress(address)) {
                long inside = address - segment.address();
                long size = Math.min(segment.fileSize() - inside, bytes.size() - (segment.offset() + inside));
                if (size > 0) {
                    add(".eh_frame", ElfSection.BITS, address, segment.offset() + inside, size, 0);
                }
                return;
            }
        }
    }
}
