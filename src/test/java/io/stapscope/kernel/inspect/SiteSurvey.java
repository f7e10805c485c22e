package io.stapscope.kernel.inspect;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.machine.Instructions;
import io.stapscope.host.Host.ProgramLookup.Read;
import io.stapscope.host.Host.ProgramLookup.Unreadable;
import io.stapscope.host.program.Program;
import io.stapscope.host.program.Site;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells for programs which share of their functions a probe enters cheaply, at the plain entry and at the place we choose. A
 * command, no test; docs/BENCHMARKS.md tells how it is run.
 */
final class SiteSurvey {
    /** DWARF's numbers of the registers of arguments, in their order. */
    private static final int[] ARGUMENTS = {5, 4, 1, 2, 8, 9};

    private enum Look {
        SIX(new Site.Sight(registers(6), true)),
        THREE(new Site.Sight(registers(3), true)),
        TWO(new Site.Sight(registers(2), true)),
        ONE(new Site.Sight(registers(1), true)),
        RETURNS(Site.Sight.RETURN_ADDRESS),
        HITS(Site.Sight.NOTHING);

        private final Site.Sight sight;

        Look(Site.Sight sight) {
            this.sight = sight;
        }
    }

    private SiteSurvey() {}

    private static int registers(int arguments) {
        int found = 0;
        for (int i = 0; i < arguments; i++) {
            found |= 1 << ARGUMENTS[i];
        }
        return found;
    }

    public static void main(String[] paths) throws Exception {
        System.out.println(
                "| program | functions | entry | all | six arguments | three | two | one | returns | hits only |"
                        + " moved | refused | ms |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var host = LiveHost.ofThisProcess();
        for (var path : paths) {
            switch (host.program(Path.of(path).toRealPath().toString())) {
                case Read(var program) -> System.out.println(survey(program));
                case Unreadable(var reason) -> System.out.println(path + " " + reason);
            }
        }
    }

    private static String survey(Program program) throws Exception {
        long begin = System.nanoTime();
        var functions = program.functions("*");
        var cheap = new int[Look.values().length];
        int plain = 0;
        int everything = 0;
        int moved = 0;
        int refused = 0;
        var elf = ElfFile.read(ByteBuffer.wrap(Files.readAllBytes(Path.of(program.path()))));
        var text = elf.section(".text").orElseThrow();
        var code = elf.bytes(text);
        var instructions = Instructions.of(elf.machine()).orElseThrow();
        for (var function : functions) {
            long entry = function.places().getFirst().entry();
            long position = entry - text.address();
            boolean isText = position >= 0 && position < code.limit();
            plain += isText && instructions.treatment(code, (int) position).isCheap() ? 1 : 0;
            everything += isCheap(program.site(entry)) ? 1 : 0;
            for (var look : Look.values()) {
                cheap[look.ordinal()] += isCheap(program.site(entry, look.sight)) ? 1 : 0;
            }
            switch (program.site(entry, Site.Sight.NOTHING)) {
                case Site.At at -> moved += at.address() != entry ? 1 : 0;
                case Site.Refused(var _) -> refused++;
            }
        }
        long milliseconds = (System.nanoTime() - begin) / 1_000_000;
        var shares = new StringBuilder();
        for (int each : cheap) {
            shares.append(" | ").append(share(each, functions.size()));
        }
        return "| %s | %d | %s | %s%s | %d | %d | %d |"
                .formatted(
                        program.path(),
                        functions.size(),
                        share(plain, functions.size()),
                        share(everything, functions.size()),
                        shares,
                        moved,
                        refused,
                        milliseconds);
    }

    private static boolean isCheap(Site site) {
        return site instanceof Site.At at && at.cost() != Site.Cost.SINGLE_STEP;
    }

    private static String share(int part, int all) {
        return "%.1f %%".formatted(100.0 * part / Math.max(1, all));
    }
}
