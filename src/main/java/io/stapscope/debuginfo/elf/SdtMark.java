package io.stapscope.debuginfo.elf;

import java.util.List;

/**
 * A static mark that the macros of {@code <sys/sdt.h>} have left in a file.
 *
 * @param address of its instruction, before relocation
 * @param semaphore address of its counter of listeners, before relocation; 0 for none
 * @param semaphoreOffset byte of the file that the counter begins as; 0 for none
 */
public record SdtMark(
        String provider, String name, long address, long semaphore, long semaphoreOffset, List<SdtArgument> arguments) {
    public SdtMark {
        arguments = List.copyOf(arguments);
    }
}
