package io.stapscope.debuginfo.elf;

/**
 * A stretch of the file that goes into memory.
 *
 * @param type PT_*
 * @param flags PF_*
 * @param offset in the file
 * @param address in memory, before relocation
 * @param fileSize bytes of it that are in the file
 * @param memorySize bytes of it in memory, those behind the ones of the file are zero
 * @param alignment bytes
 */
public record ElfSegment(
        int type, int flags, long offset, long address, long fileSize, long memorySize, long alignment) {
    public static final int LOAD = 1;
    public static final int DYNAMIC = 2;
    public static final int NOTE = 4;
    public static final int FRAME_HEADER = 0x6474e550;

    public static final int EXECUTABLE = 1;

    boolean holdsOffset(long fileOffset) {
        return fileOffset >= offset && fileOffset - offset < fileSize;
    }

    /** Whether the byte at an address is one of the file's. */
    boolean holdsAddress(long place) {
        return Long.compareUnsigned(place, address) >= 0 && Long.compareUnsigned(place - address, fileSize) < 0;
    }
}
