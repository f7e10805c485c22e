package io.stapscope.debuginfo.dwarf.frame;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Frames by the addresses they are about. */
final class FrameIndex {
    private static final int MOST = 1 << 22;

    private final Cursor section;
    private final long sectionAddress;
    private final List<Frame> frames = new ArrayList<>();

    /** @param codeEnd position behind its operations */
    private record Frame(long start, long end, int code, int codeEnd, CommonEntry common) {}

    FrameIndex(Cursor section, long sectionAddress) {
        this.section = section;
        this.sectionAddress = sectionAddress;
    }

    void add(long start, long end, int code, int codeEnd, CommonEntry common) {
        if (frames.size() == MOST) {
            throw new DwarfFormatException(section.section() + " has too many frames");
        }
        frames.add(new Frame(start, end, code, codeEnd, common));
    }

    void finish() {
        frames.sort(Comparator.comparing(Frame::start, Long::compareUnsigned));
    }

    int size() {
        return frames.size();
    }

    /** Number of the frame about an address; -1 when there is none. */
    int find(long address) {
        int low = 0;
        int high = frames.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(frames.get(middle).start(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && Long.compareUnsigned(address, frames.get(low - 1).end()) < 0 ? low - 1 : -1;
    }

    long start(int frame) {
        return frames.get(frame).start();
    }

    CommonEntry common(int frame) {
        return frames.get(frame).common();
    }

    Cursor code(int frame) {
        var known = frames.get(frame);
        var code = section.at(known.code());
        code.limit(known.codeEnd() - known.code());
        return code;
    }

    long sectionAddress() {
        return sectionAddress;
    }
}
