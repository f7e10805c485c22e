package io.stapscope.debuginfo.dwarf.frame;

import io.stapscope.debuginfo.dwarf.Cursor;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The frames of one section. Its index is made at once; a frame is worked out when it is asked for. */
public final class CallFrames {
    private final FrameIndex index;

    private CallFrames(FrameIndex index) {
        this.index = index;
    }

    /** @param sectionAddress where the section is loaded, before relocation: most of its addresses count from their place */
    public static CallFrames ofEhFrame(ByteBuffer section, long sectionAddress, int addressSize) {
        return new CallFrames(
                new FrameScan(new Cursor(section, ".eh_frame"), true, sectionAddress, addressSize).index());
    }

    public static CallFrames ofDebugFrame(ByteBuffer section, int addressSize) {
        return new CallFrames(new FrameScan(new Cursor(section, ".debug_frame"), false, 0, addressSize).index());
    }

    /** How many functions, or parts of them, it tells of. */
    public int size() {
        return index.size();
    }

    /**
     * The frame at an instruction; empty when nothing tells of it.
     *
     * @throws DwarfFormatException when what tells of it is damaged
     */
    public Optional<CallFrame> at(long address) {
        int found = index.find(address);
        if (found < 0) {
            return Optional.empty();
        }
        var common = index.common(found);
        var row = new FrameProgram(common, index.sectionAddress(), index.start(found), address).run(index.code(found));
        return Optional.of(FrameRules.resolve(row, common));
    }
}
