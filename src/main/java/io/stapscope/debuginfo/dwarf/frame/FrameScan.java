package io.stapscope.debuginfo.dwarf.frame;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a section of frames once and notes which code each of them is about. */
final class FrameScan {
    private final Cursor section;
    private final boolean isEhFrame;
    private final long sectionAddress;
    private final int addressSize;
    private final Map<Long, Optional<CommonEntry>> commons = new HashMap<>();
    private final FrameIndex index;

    FrameScan(Cursor section, boolean isEhFrame, long sectionAddress, int addressSize) {
        this.section = section;
        this.isEhFrame = isEhFrame;
        this.sectionAddress = sectionAddress;
        this.addressSize = addressSize;
        this.index = new FrameIndex(section, sectionAddress);
    }

    /** Entries that cannot be read are left out; a length that cannot be ends the reading. */
    FrameIndex index() {
        var at = section.at(0);
        while (at.remaining() >= Integer.BYTES) {
            int start = at.position();
            try {
                var entry = at.bounded(at.remaining());
                entry.limit(entry.initialLength());
                at.seek(entry.end());
                read(entry);
            } catch (DwarfFormatException _) {
                if (at.position() == start) {
                    break;
                }
            }
        }
        index.finish();
        return index;
    }

    private void read(Cursor entry) {
        if (!entry.hasRemaining()) {
            return;
        }
        long here = entry.position();
        long id = isEhFrame ? entry.u32() : entry.offset();
        if (isCommon(id, entry.format64())) {
            return;
        }
        long common = isEhFrame ? here - id : id;
        commons.computeIfAbsent(common, this::common).ifPresent(known -> add(entry, known));
    }

    private boolean isCommon(long id, boolean wide) {
        return isEhFrame ? id == 0 : id == (wide ? -1L : 0xffff_ffffL);
    }

    private Optional<CommonEntry> common(long offset) {
        try {
            var entry = section.at(offset);
            entry.limit(entry.initialLength());
            long id = isEhFrame ? entry.u32() : entry.offset();
            return isCommon(id, entry.format64())
                    ? Optional.of(CommonEntry.read(entry, addressSize))
                    : Optional.empty();
        } catch (DwarfFormatException _) {
            return Optional.empty();
        }
    }

    private void add(Cursor entry, CommonEntry common) {
        long start = common.encoding().read(entry, common.addressSize(), sectionAddress);
        long size = common.encoding().length(entry, common.addressSize());
        if (common.hasAugmentation()) {
            entry.skip(entry.uleb());
        }
        if (start != 0 && size != 0) {
            index.add(start, start + size, entry.position(), entry.end(), common);
        }
    }
}
