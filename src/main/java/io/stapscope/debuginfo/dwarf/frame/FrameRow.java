package io.stapscope.debuginfo.dwarf.frame;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds at one instruction, while the operations of a frame are carried out. */
final class FrameRow {
    /** Register of the canonical frame address; -1 before there is one. */
    int register = -1;

    long offset;

    @Nullable
    ByteBuffer expression;

    boolean isReturnSigned;
    final Map<Integer, Rule> rules = new HashMap<>();

    FrameRow copy() {
        var copy = new FrameRow();
        copy.register = register;
        copy.offset = offset;
        copy.expression = expression;
        copy.isReturnSigned = isReturnSigned;
        copy.rules.putAll(rules);
        return copy;
    }
}
