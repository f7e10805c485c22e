package io.stapscope.debuginfo;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.SdtNotes;
import io.stapscope.host.program.DebugSource;
import io.stapscope.host.program.ElfProgram;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Every entry point of the readers, with a name: each gets the bytes of a file and reads all that it can. */
final class Readers {
    static final Map<String, Consumer<ByteBuffer>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("sections", file -> {
            var elf = ElfFile.read(file);
            elf.sections().stream()
                    .filter(each -> each.name().contains("debug"))
                    .limit(20)
                    .forEach(elf::contents);
        });
        ALL.put("symbols", file -> {
            var elf = ElfFile.read(file);
            var functions = elf.functions();
            functions.all().stream().limit(100).forEach(each -> functions.at(each.value() + 1));
        });
        ALL.put("exports", file -> ElfFile.read(file).exports());
        ALL.put("addresses", file -> {
            var elf = ElfFile.read(file);
            for (var section : elf.sections().stream().limit(100).toList()) {
                elf.offsetOfAddress(section.address()).ifPresent(elf::addressOfOffset);
                elf.isCode(section.address());
            }
        });
        ALL.put("notes", file -> ElfFile.read(file).buildId());
        ALL.put("debug link", file -> ElfFile.read(file).debugLink());
        ALL.put("shared link", file -> ElfFile.read(file).sharedLink());
        ALL.put("dynamic", file -> ElfFile.read(file).dynamic());
        ALL.put("stubs", file -> ElfFile.read(file).stubs());
        DwarfReaders.addTo(ALL);
        ALL.put("program", Readers::program);
        ALL.put("marks", file -> SdtNotes.read(ElfFile.read(file)));
    }

    private Readers() {}

    /** A program with its own debug information only. */
    private static final class Alone implements ElfProgram.Surroundings {
        @Override
        public List<String> libraries(ElfFile program) {
            return List.of();
        }

        @Override
        public DebugSource debug(ElfFile program) {
            return new DebugSource.Found("/fuzz", program, Optional.empty());
        }
    }

    /** What probes ask a program: broken parts are left out there, only a file that is no program is refused. */
    private static void program(ByteBuffer file) {
        var program = new ElfProgram(new ElfProgram.Identity("/fuzz", 1, 1), file, new Alone());
        program.debug();
        program.buildId();
        for (var function : program.functions("*").stream().limit(40).toList()) {
            for (var place : function.places().stream().limit(3).toList()) {
                program.site(place.entry());
                program.scope(function, place.start());
            }
            program.labels(function, "*");
            program.callees(function, "*");
        }
        program.functions("visit", "*.c");
        program.lines("*seeds.c", 1, 60);
        program.sources();
        program.marks();
        program.linkage();
        program.libraries();
        program.global("total", "");
        program.type("struct list *");
        program.enumerator("GREEN");
    }
}
