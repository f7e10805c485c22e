package io.stapscope.debuginfo.dwarf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;

/** Debug information as one run of bytes, to be damaged: a length and the bytes of each section in a fixed order. */
public final class PackedSections {
    private static final List<String> NAMES = List.of(
            ".debug_info",
            ".debug_types",
            ".debug_abbrev",
            ".debug_str",
            ".debug_line_str",
            ".debug_str_offsets",
            ".debug_addr",
            ".debug_ranges",
            ".debug_rnglists");

    private PackedSections() {}

    static ByteBuffer pack(DwarfSections sections) {
        var parts = List.of(
                sections.info(),
                sections.types(),
                sections.abbrev(),
                sections.str(),
                sections.lineStr(),
                sections.strOffsets(),
                sections.addr(),
                sections.ranges(),
                sections.rnglists());
        int size = parts.stream().mapToInt(part -> part.limit() + Integer.BYTES).sum();
        var packed = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (var part : parts) {
            packed.putInt(part.limit()).put(part.duplicate().position(0));
        }
        return packed.flip();
    }

    static DwarfSections unpack(ByteBuffer packed) {
        var rest = packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        var parts = NAMES.stream().collect(Collectors.toMap(name -> name, name -> next(rest)));
        var none = ByteBuffer.allocate(0);
        return DwarfSections.of(name -> parts.getOrDefault(name, none), 0, Long.BYTES, null);
    }

    private static ByteBuffer next(ByteBuffer rest) {
        long length = rest.remaining() < Integer.BYTES ? 0 : Integer.toUnsignedLong(rest.getInt());
        var part = rest.slice(rest.position(), (int) Math.min(length, rest.remaining()));
        rest.position(rest.position() + part.limit());
        return part.order(ByteOrder.LITTLE_ENDIAN);
    }
}
