package io.stapscope.debuginfo;

import io.stapscope.debuginfo.dwarf.DwarfFile;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.DwarfFunction;
import io.stapscope.debuginfo.dwarf.DwarfSections;
import io.stapscope.debuginfo.dwarf.frame.CallFrames;
import io.stapscope.debuginfo.dwarf.line.LineTable;
import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfSection;
import io.stapscope.host.ctype.DwarfCTypes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Entry points of the readers of debug information, each with as much of a file as a script would ask for. */
final class DwarfReaders {
    private static final int FUNCTIONS = 40;

    private DwarfReaders() {}

    /** Debug information is opened once for all that is asked of it: that takes the most time. */
    static void addTo(Map<String, Consumer<Damaged>> all) {
        all.put("DWARF", damaged -> {
            var dwarf = open(damaged);
            dwarf.remark();
            var functions = functions(dwarf);
            inTurn(
                    () -> code(dwarf, functions),
                    () -> bodies(dwarf, functions),
                    () -> types(dwarf, functions),
                    () -> variables(dwarf),
                    () -> lines(dwarf));
        });
        all.put("frames of .eh_frame", damaged -> {
            var elf = damaged.elf();
            long address = elf.section(".eh_frame").map(ElfSection::address).orElse(0L);
            frames(elf, CallFrames.ofEhFrame(contents(elf, ".eh_frame"), address, addressSize(elf)));
        });
        all.put("frames of .debug_frame", damaged -> {
            var elf = damaged.elf();
            frames(elf, CallFrames.ofDebugFrame(contents(elf, ".debug_frame"), addressSize(elf)));
        });
    }

    /** Goes on after what is refused, and refuses the whole at the end. */
    private static void inTurn(Runnable... parts) {
        DwarfFormatException refused = null;
        for (var part : parts) {
            try {
                part.run();
            } catch (DwarfFormatException e) {
                refused = e;
            }
        }
        if (refused != null) {
            throw refused;
        }
    }

    private static void code(DwarfFile dwarf, List<DwarfFunction> functions) {
        for (var function : functions) {
            dwarf.functions().inlined(function);
            function.code().forEach(code -> dwarf.functions().holding(code.entry()));
        }
    }

    private static void bodies(DwarfFile dwarf, List<DwarfFunction> functions) {
        for (var function : functions) {
            for (var code : function.code()) {
                dwarf.bodies().scopes(code, code.entry());
                dwarf.bodies().labels(code);
                dwarf.bodies().calls(code);
            }
        }
    }

    private static void types(DwarfFile dwarf, List<DwarfFunction> functions) {
        var types = new DwarfCTypes(dwarf);
        types.find("struct list");
        types.find("point_t *");
        types.enumerator("GREEN");
        functions.stream().filter(function -> function.type() != 0).forEach(function -> types.type(function.type()));
    }

    private static void variables(DwarfFile dwarf) {
        var types = new DwarfCTypes(dwarf);
        dwarf.variables().find(_ -> true).stream()
                .limit(FUNCTIONS)
                .filter(variable -> variable.type() != 0)
                .forEach(variable -> types.type(variable.type()));
    }

    private static void lines(DwarfFile dwarf) {
        for (var unit : dwarf.units().stream().limit(8).toList()) {
            if (unit.lines() >= 0) {
                var table = LineTable.read(dwarf.sections(), unit.lines(), unit.directory(), unit.name());
                table.statements(_ -> true, 1, 50);
                table.at(unit.lowPc());
                table.prologueEnd(unit.lowPc(), unit.lowPc() + 100);
            }
        }
    }

    private static void frames(ElfFile elf, CallFrames frames) {
        elf.functions().all().stream().limit(FUNCTIONS).forEach(function -> {
            frames.at(function.value());
            frames.at(function.value() + function.size() / 2);
        });
    }

    private static List<DwarfFunction> functions(DwarfFile dwarf) {
        return dwarf.functions().find(_ -> true).stream().limit(FUNCTIONS).toList();
    }

    static DwarfFile open(Damaged damaged) {
        var supplement = damaged.supplement();
        return DwarfFile.read(
                sections(damaged.elf(), supplement == null ? null : sections(ElfFile.read(supplement), null)));
    }

    private static DwarfSections sections(ElfFile elf, @Nullable DwarfSections supplement) {
        return DwarfSections.of(
                name -> contents(elf, name),
                elf.section(".eh_frame").map(ElfSection::address).orElse(0L),
                addressSize(elf),
                supplement);
    }

    private static ByteBuffer contents(ElfFile elf, String name) {
        return elf.contents(name).orElseGet(() -> ByteBuffer.allocate(0));
    }

    private static int addressSize(ElfFile elf) {
        return elf.is64() ? Long.BYTES : Integer.BYTES;
    }
}
