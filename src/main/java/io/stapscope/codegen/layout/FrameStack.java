package io.stapscope.codegen.layout;

import java.util.List;

/**
 * The calls a task is in, with what a handler wants to know of their entries when they return.
 *
 * <pre>
 *  0 u64 frames in use   8 u64 tag given last   then the frames: 0 u64 tag   8 u64 stack pointer   16 values
 * </pre>
 *
 * @param start of the stack in the task's memory
 * @param frameSize bytes
 * @param depth frames
 * @param offsets of the values in a frame
 */
public record FrameStack(int start, int frameSize, int depth, List<Integer> offsets) {
    public static final int TOP = 0;
    public static final int TAG = 8;
    public static final int FRAME_TAG = 0;
    public static final int FRAME_POINTER = 8;

    /** First byte of the values. */
    public static final int VALUES = 16;

    private static final int FRAMES = 16;

    public FrameStack {
        offsets = List.copyOf(offsets);
    }

    /** Where a frame lies in the task's memory. */
    public int frame(int index) {
        return start + FRAMES + index * frameSize;
    }

    public int end() {
        return frame(depth);
    }
}
