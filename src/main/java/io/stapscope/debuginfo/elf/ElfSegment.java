package io.stapscope.debuginfo.elf;

/**
 * A stretch of the file that goes into memory.
 *
 * @param type PT_*
 * @param flags PF_*
 * @param offset in the file
 * @param address in memory, before relocation
 */
public record ElfSegment(int type, int flags, long offset, long address, long fileSize, long memorySize) {
    public static final int LOAD = 1;
    public static final int EXECUTABLE = 1;

    boolean holdsOffset(long fileOffset) {
        return fileOffset >= offset && fileOffset - offset < fileSize;
    }
}
