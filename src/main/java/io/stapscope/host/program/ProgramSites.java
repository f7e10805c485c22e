package io.stapscope.host.program;

import io.stapscope.debuginfo.machine.Instructions;
import io.stapscope.debuginfo.machine.Instructions.Convention;
import io.stapscope.debuginfo.machine.Instructions.Part;
import io.stapscope.debuginfo.machine.MachineFormatException;
import io.stapscope.debuginfo.machine.Treatment;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.host.program.ProgramCode.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds where probes go: never between the beginnings of instructions, and where they cost least. */
final class ProgramSites {
    private final ProgramCode code;
    private final Instructions instructions;
    private final Convention convention;

    ProgramSites(ProgramCode code, Instructions instructions, Convention convention) {
        this.code = code;
        this.instructions = instructions;
        this.convention = convention;
    }

    /**
     * The code of a function.
     *
     * @param parts the one that begins at its entry, then those that the compiler has put elsewhere
     * @param near other functions, which may jump into it
     */
    record Body(List<Function.Place> parts, List<Function.Place> near) {
        long entry() {
            return parts.getFirst().entry();
        }
    }

    Site in(Body body, long address, Site.Sight sight) {
        var segment = code.at(address).orElse(null);
        if (segment == null || !segment.holds(body.entry())) {
            return new Site.Refused(hex(address) + " is no code of the program");
        }
        int start = segment.position(body.entry());
        if (address == body.entry()) {
            var spot = instructions.cheapestEntry(segment.bytes(), partsOf(segment, body), convention, looked(sight));
            return at(segment, spot.position(), elsewhere(spot));
        }
        int position = segment.position(address);
        return instructions.isBoundary(segment.bytes(), start, position)
                ? at(segment, position, Map.of())
                : new Site.Refused(hex(address) + " is not where an instruction begins");
    }

    /** Where something else than a symbol tells that an instruction begins: a mark, a stub. */
    Site known(long address) {
        var segment = code.at(address).orElse(null);
        return segment == null
                ? new Site.Refused(hex(address) + " is no code of the program")
                : at(segment, segment.position(address), Map.of());
    }

    private static List<Part> partsOf(Segment segment, Body body) {
        var found = new ArrayList<Part>();
        for (var each : body.parts()) {
            found.add(new Part(segment.position(each.entry()), segment.position(each.end())));
        }
        for (var each : body.near()) {
            if (segment.holds(each.entry())) {
                found.add(new Part(segment.position(each.entry()), segment.position(each.end()), true));
            }
        }
        return found;
    }

    private static Map<Integer, Value> elsewhere(Instructions.Spot spot) {
        var found = new HashMap<Integer, Value>();
        for (var kept : spot.kept()) {
            var sum = new Value.Binary(
                    Value.Operator.ADD, new Value.Register(kept.in()), new Value.Constant(kept.offset()));
            found.put(kept.register(), kept.bytes() == 0 ? sum : new Value.Dereference(sum, kept.bytes()));
        }
        return found;
    }

    private Site at(Segment segment, int position, Map<Integer, Value> elsewhere) {
        long address = segment.addressOf(position);
        try {
            var treatment = instructions.treatment(segment.bytes(), position);
            return treatment == Treatment.REFUSED
                    ? new Site.Refused("the kernel puts no probe on the instruction at " + hex(address))
                    : new Site.At(address, segment.offsetOf(position), cost(treatment), elsewhere);
        } catch (MachineFormatException e) {
            return new Site.Refused(hex(address) + " is no instruction: " + e.getMessage());
        }
    }

    /** Whether a probe with that sight sees at an address what it would see at the entry of the function. */
    boolean isLikeEntry(Body body, long address, Site.Sight sight) {
        var segment = code.at(address).orElse(null);
        return segment != null
                && segment.holds(body.entry())
                && instructions.isLikeEntry(
                        segment.bytes(), partsOf(segment, body), segment.position(address), convention, looked(sight));
    }

    private static Instructions.Sight looked(Site.Sight sight) {
        return new Instructions.Sight(sight.registers(), sight.halves(), sight.memory());
    }

    private static Site.Cost cost(Treatment treatment) {
        return switch (treatment) {
            case CALL -> Site.Cost.CALL;
            case EMULATED -> Site.Cost.EMULATED;
            case SINGLE_STEP, REFUSED -> Site.Cost.SINGLE_STEP;
        };
    }

    static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
