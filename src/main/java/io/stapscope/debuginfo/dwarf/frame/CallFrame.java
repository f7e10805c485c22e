package io.stapscope.debuginfo.dwarf.frame;

import io.stapscope.debuginfo.value.Location;
import java.util.Map;

/**
 * The frame of a function at one instruction.
 *
 * @param canonicalAddress the canonical frame address: {@link Location.Computed}, or why it is not known
 * @param saved where the caller's values of registers are, by DWARF number: memory, another register or a value; a register
 *     that is not named keeps its value, one that is lost is missing
 * @param returnColumn number under which the return address is found
 * @param isSignal whether a signal has interrupted the caller, so that the return address is the instruction itself
 * @param isReturnSigned whether the return address is signed at this instruction (pointer authentication of aarch64)
 */
public record CallFrame(
        Location canonicalAddress,
        Map<Integer, Location> saved,
        int returnColumn,
        boolean isSignal,
        boolean isReturnSigned) {
    public CallFrame {
        saved = Map.copyOf(saved);
    }

    /** Where the return address is; a frame without a caller has none. */
    public Location returnAddress() {
        return saved.getOrDefault(returnColumn, new Location.Missing("nothing tells of the caller"));
    }
}
