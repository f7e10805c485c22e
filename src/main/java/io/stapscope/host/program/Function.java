package io.stapscope.host.program;

import io.stapscope.host.ctype.CType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of a program.
 *
 * @param name of the source; demangled where the linkage name says more
 * @param linkageName of the symbol; equal to the name in C
 * @param file path of the source file that holds it; empty when it is not known
 * @param line of its declaration, 0 when it is not known
 * @param exported whether other programs can link with it
 * @param described whether debug information tells of its variables
 * @param places where its code is: its own body first, then inlined copies; a function that is only inlined has no body
 * @param result what it returns; null for nothing, and when it is not known
 */
public record Function(
        String name,
        String linkageName,
        String file,
        int line,
        boolean exported,
        boolean described,
        List<Place> places,
        @Nullable CType result) {
    public Function {
        places = List.copyOf(places);
    }

    /**
     * One copy of the code of a function.
     *
     * @param entry address of its first instruction
     * @param start address where its arguments are in their places: behind the prologue in code that is not optimised,
     *     else the same as the entry
     * @param end address behind its last instruction
     * @param inlined whether it is a copy inside another function
     */
    public record Place(long entry, long start, long end, boolean inlined) {}
}
