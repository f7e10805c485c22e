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
    private SiteSurvey() {}

    public static void main(String[] paths) throws Exception {
        System.out.println(
                "| program | functions | entry | arguments seen | returns | hits only | moved | refused | ms |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
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
        var cheap = new int[Site.Sight.values().length];
        int plain = 0;
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
            for (var sight : Site.Sight.values()) {
                switch (program.site(entry, sight)) {
                    case Site.At(var address, var _, var cost) -> {
                        cheap[sight.ordinal()] += cost == Site.Cost.SINGLE_STEP ? 0 : 1;
                        moved += sight == Site.Sight.NOTHING && address != entry ? 1 : 0;
                    }
                    case Site.Refused(var _) -> refused += sight == Site.Sight.NOTHING ? 1 : 0;
                }
            }
        }
        long milliseconds = (System.nanoTime() - begin) / 1_000_000;
        return "| %s | %d | %s | %s | %s | %s | %d | %d | %d |"
                .formatted(
                        program.path(),
                        functions.size(),
                        share(plain, functions.size()),
                        share(cheap[0], functions.size()),
                        share(cheap[1], functions.size()),
                        share(cheap[2], functions.size()),
                        moved,
                        refused,
                        milliseconds);
    }

    private static String share(int part, int all) {
        return "%.1f %%".formatted(100.0 * part / Math.max(1, all));
    }
}
