package io.stapscope.host.program;

import io.stapscope.debuginfo.value.Location;
import java.util.List;

/**
 * A statically defined mark.
 *
 * @param address of its instruction
 * @param semaphore address of the counter that tells the program whether somebody listens; 0 for none
 * @param semaphoreOffset byte of the file that holds the semaphore; 0 for none
 */
public record Mark(
        String provider, String name, long address, long semaphore, long semaphoreOffset, List<Argument> arguments) {
    public Mark {
        arguments = List.copyOf(arguments);
    }

    /**
     * An argument of a mark.
     *
     * @param size bytes: 1, 2, 4 or 8
     * @param text as the note writes it: {@code -4@%edi}
     */
    public record Argument(int size, boolean signed, Location location, String text) {}
}
