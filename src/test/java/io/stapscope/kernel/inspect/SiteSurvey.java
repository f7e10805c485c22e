package io.stapscope.kernel.inspect;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.machine.Instructions;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import io.stapscope.host.Host.ProgramLookup.Read;
import io.stapscope.host.Host.ProgramLookup.Unreadable;
import io.stapscope.host.ctype.CType;
import io.stapscope.host.program.Function;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Site;
import io.stapscope.host.program.Variable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells for programs which share of their functions a probe enters cheaply, at the plain entry and at the place we choose. A
 * command, no test; docs/BENCHMARKS.md tells how it is run.
 */
final class SiteSurvey {
    /** DWARF's numbers of the registers of arguments, in their order. */
    private static final int[] ARGUMENTS = {5, 4, 1, 2, 8, 9};

    private static final int[] COUNTS = {6, 3, 2, 1};

    private final Program program;
    private final List<Function> functions;

    private SiteSurvey(Program program) {
        this.program = program;
        // Those that are only inlined have no entry.
        functions = program.functions("*").stream()
                .filter(each -> !each.places().getFirst().inlined())
                .toList();
    }

    public static void main(String[] paths) throws Exception {
        var host = LiveHost.ofThisProcess();
        for (var path : paths) {
            switch (host.program(Path.of(path).toRealPath().toString())) {
                case Read(var program) -> new SiteSurvey(program).print();
                case Unreadable(var reason) -> System.out.println(path + " " + reason);
            }
        }
    }

    private void print() throws Exception {
        long begin = System.nanoTime();
        var described = functions.stream().filter(Function::described).toList();
        var exported = described.stream().filter(Function::exported).toList();
        System.out.printf("%n## %s%n%n", program.path());
        System.out.printf(
                "| a probe reads | all %d functions | %d that are described | %d of them exported |%n| --- | --- | --- | --- |%n",
                functions.size(), described.size(), exported.size());
        var code = new PlainEntries(program);
        System.out.println("| everything, at the entry | " + share(functions, code::isCheap) + " | "
                + share(described, code::isCheap) + " | " + share(exported, code::isCheap) + " |");
        for (boolean memory : new boolean[] {true, false}) {
            for (int count : COUNTS) {
                var sight = new Site.Sight(registers(count), memory);
                row(count + " registers of arguments" + (memory ? ", memory" : ""), described, exported, _ -> sight);
            }
        }
        for (boolean memory : new boolean[] {true, false}) {
            for (int count : COUNTS) {
                row(
                        "its first " + count + " parameters" + (memory ? ", memory" : ""),
                        described,
                        exported,
                        function -> parameters(function, count, memory));
            }
        }
        row("everything", described, exported, _ -> Site.Sight.EVERYTHING);
        row("its return", described, exported, _ -> Site.Sight.RETURN_ADDRESS);
        row("nothing", described, exported, _ -> Site.Sight.NOTHING);
        System.out.printf("%nin %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    }

    private void row(
            String label,
            List<Function> described,
            List<Function> exported,
            java.util.function.Function<Function, Site.Sight> sight) {
        Predicate<Function> cheap = each -> isCheap(each, sight.apply(each));
        System.out.println("| " + label + " | " + share(functions, cheap) + " | " + share(described, cheap) + " | "
                + share(exported, cheap) + " |");
    }

    private static long entry(Function function) {
        return function.places().getFirst().entry();
    }

    private static int registers(int arguments) {
        int found = 0;
        for (int i = 0; i < arguments; i++) {
            found |= 1 << ARGUMENTS[i];
        }
        return found;
    }

    /** What a probe looks at that reads the first parameters of a function; of unknown ones the registers. */
    private Site.Sight parameters(Function function, int most, boolean memory) {
        if (!function.described()) {
            return new Site.Sight(registers(most), memory);
        }
        var sight = new Site.Sight(0, memory);
        var parameters = program.scope(function, entry(function)).parameters();
        for (var each : parameters.subList(0, Math.min(most, parameters.size()))) {
            sight = sight.and(sight(each));
        }
        return sight;
    }

    private static Site.Sight sight(Variable parameter) {
        var found = new ArrayList<Integer>();
        boolean memory = values(parameter.location(), found);
        int registers = 0;
        for (int each : found) {
            registers |= each <= 16 ? 1 << each : 0;
        }
        boolean isHalf = parameter.location() instanceof Location.Computed(Value.Register _)
                && switch (parameter.type()) {
                    case CType.Int t -> t.size() <= Integer.BYTES;
                    case CType.Enumeration t -> t.size() <= Integer.BYTES;
                    case CType _ -> false;
                };
        return isHalf ? new Site.Sight(0, registers, memory) : new Site.Sight(registers, memory);
    }

    /** Whether memory is read. */
    private static boolean values(Location location, List<Integer> registers) {
        return switch (location) {
            case Location.Memory(var address) -> {
                values(address, registers);
                yield true;
            }
            case Location.Computed(var value) -> values(value, registers);
            case Location.Pieces(var pieces) ->
                pieces.stream()
                                .filter(piece -> values(piece.location(), registers))
                                .count()
                        > 0;
            case Location.Missing _ -> false;
        };
    }

    private static boolean values(Value value, List<Integer> registers) {
        return switch (value) {
            case Value.Register(var number) -> {
                registers.add(number);
                yield false;
            }
            case Value.Dereference(var address, var _) -> {
                values(address, registers);
                yield true;
            }
            case Value.Unary(var _, var operand) -> values(operand, registers);
            case Value.Binary(var _, var left, var right) -> values(left, registers) | values(right, registers);
            case Value.Constant _, Value.Relocated _, Value.ThreadLocal _ -> false;
        };
    }

    private boolean isCheap(Function function, Site.Sight sight) {
        return program.site(entry(function), sight) instanceof Site.At at && at.cost() != Site.Cost.SINGLE_STEP;
    }

    private static String share(List<Function> of, Predicate<Function> cheap) {
        long part = of.stream().filter(cheap).count();
        return "%.1f %%".formatted(100.0 * part / Math.max(1, of.size()));
    }

    /** First instructions as they are. */
    private static final class PlainEntries {
        private final long address;
        private final ByteBuffer code;
        private final Instructions instructions;

        PlainEntries(Program program) throws IOException {
            var elf = ElfFile.read(ByteBuffer.wrap(Files.readAllBytes(Path.of(program.path()))));
            var text = elf.section(".text").orElseThrow();
            address = text.address();
            code = elf.bytes(text);
            instructions = Instructions.of(elf.machine()).orElseThrow();
        }

        boolean isCheap(Function function) {
            long position = entry(function) - address;
            return position >= 0
                    && position < code.limit()
                    && instructions.treatment(code, (int) position).isCheap();
        }
    }
}
