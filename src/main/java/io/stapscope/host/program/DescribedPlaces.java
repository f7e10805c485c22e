package io.stapscope.host.program;

import io.stapscope.debuginfo.dwarf.AddressRange;
import io.stapscope.debuginfo.dwarf.DwarfFile;
import io.stapscope.debuginfo.dwarf.DwarfFunction;
import io.stapscope.debuginfo.dwarf.DwarfFunction.Code;
import io.stapscope.debuginfo.dwarf.DwarfVariable;
import io.stapscope.debuginfo.dwarf.LocationAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Where the code of functions is that debug information describes. */
final class DescribedPlaces {
    /** DW_OP_fbreg: an offset from the frame base. */
    private static final byte IN_FRAME = (byte) 0x91;

    private final DwarfFile dwarf;
    private final UnitLines lines;
    private final Predicate<Long> isCode;

    DescribedPlaces(DwarfFile dwarf, UnitLines lines, Predicate<Long> isCode) {
        this.dwarf = dwarf;
        this.lines = lines;
        this.isCode = isCode;
    }

    /** Its own code first, then inlined copies by address. */
    List<Function.Place> of(DwarfFunction function) {
        var found = new ArrayList<Function.Place>();
        for (var code : function.code()) {
            if (isCode.test(code.entry())) {
                found.add(new Function.Place(code.entry(), start(code), end(code), false));
            }
        }
        for (var code : dwarf.functions().inlined(function)) {
            if (isCode.test(code.entry())) {
                found.add(new Function.Place(code.entry(), code.entry(), end(code), true));
            }
        }
        return found;
    }

    private static long end(Code code) {
        return code.ranges().stream()
                .filter(each -> each.holds(code.entry()))
                .mapToLong(AddressRange::end)
                .findFirst()
                .orElse(code.entry());
    }

    /** Behind the prologue that stores the arguments, in code that is not optimised. */
    private long start(Code code) {
        if (!storesItsArguments(code)) {
            return code.entry();
        }
        var table = lines.of(code.unit());
        return table.isEmpty()
                ? code.entry()
                : table.get().prologueEnd(code.entry(), end(code)).orElse(code.entry());
    }

    /** Whether all parameters have one place in the frame for good: code that is not optimised. */
    private boolean storesItsArguments(Code code) {
        var parameters = dwarf.bodies().scopes(code, code.entry()).getLast().stream()
                .filter(DwarfVariable::parameter)
                .toList();
        return !parameters.isEmpty() && parameters.stream().allMatch(each -> isInFrame(each.location()));
    }

    private static boolean isInFrame(LocationAttribute location) {
        return location instanceof LocationAttribute.Expression(var bytes)
                && bytes.hasRemaining()
                && bytes.get(bytes.position()) == IN_FRAME;
    }
}
