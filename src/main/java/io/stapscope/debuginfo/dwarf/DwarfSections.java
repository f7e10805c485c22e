package io.stapscope.debuginfo.dwarf;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The sections of one file that hold debug information, decompressed, in the byte order of the file; a section that the file
 * has not is empty.
 *
 * @param ehFrameAddress where {@code .eh_frame} is loaded, before relocation; its addresses count from there
 * @param addressSize 4 or 8: bytes of an address of the machine
 * @param supplement sections of the file that {@code dwz} moved common parts to ({@code .gnu_debugaltlink},
 *     {@code .debug_sup}); null when there is none
 */
public record DwarfSections(
        ByteBuffer info,
        ByteBuffer types,
        ByteBuffer abbrev,
        ByteBuffer line,
        ByteBuffer str,
        ByteBuffer lineStr,
        ByteBuffer strOffsets,
        ByteBuffer addr,
        ByteBuffer ranges,
        ByteBuffer rnglists,
        ByteBuffer loc,
        ByteBuffer loclists,
        ByteBuffer frame,
        ByteBuffer ehFrame,
        long ehFrameAddress,
        ByteBuffer aranges,
        ByteBuffer names,
        int addressSize,
        @Nullable DwarfSections supplement) {
    /**
     * Sections by their names.
     *
     * @param byName gives a section by its name ({@code .debug_info}); an empty buffer when there is none
     */
    public static DwarfSections of(
            Function<String, ByteBuffer> byName,
            long ehFrameAddress,
            int addressSize,
            @Nullable DwarfSections supplement) {
        return new DwarfSections(
                byName.apply(".debug_info"),
                byName.apply(".debug_types"),
                byName.apply(".debug_abbrev"),
                byName.apply(".debug_line"),
                byName.apply(".debug_str"),
                byName.apply(".debug_line_str"),
                byName.apply(".debug_str_offsets"),
                byName.apply(".debug_addr"),
                byName.apply(".debug_ranges"),
                byName.apply(".debug_rnglists"),
                byName.apply(".debug_loc"),
                byName.apply(".debug_loclists"),
                byName.apply(".debug_frame"),
                byName.apply(".eh_frame"),
                ehFrameAddress,
                byName.apply(".debug_aranges"),
                byName.apply(".debug_names"),
                addressSize,
                supplement);
    }

    /** Whether there are units to read. */
    public boolean isEmpty() {
        return !info.hasRemaining();
    }
}
