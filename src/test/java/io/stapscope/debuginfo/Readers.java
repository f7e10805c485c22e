package io.stapscope.debuginfo;

import io.stapscope.debuginfo.demangle.Demangler;
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
import org.jspecify.annotations.Nullable;

/** Every entry point of the readers, with a name: each gets a program and reads all that it can. */
final class Readers {
    static final Map<String, Consumer<Damaged>> ALL = new LinkedHashMap<>();

    private static final int NAMES = 60;

    static {
        elf("sections", elf -> elf.sections().stream()
                .filter(each -> each.name().contains("debug"))
                .limit(20)
                .forEach(elf::contents));
        elf("symbols", elf -> {
            var functions = elf.functions();
            functions.all().stream().limit(100).forEach(each -> functions.at(each.value() + 1));
            functions.all().stream().limit(NAMES).forEach(each -> Demangler.readable(each.name()));
        });
        elf("exports", ElfFile::exports);
        elf("addresses", elf -> {
            for (var section : elf.sections().stream().limit(100).toList()) {
                elf.offsetOfAddress(section.address()).ifPresent(elf::addressOfOffset);
                elf.isCode(section.address());
            }
        });
        elf("build id", ElfFile::buildId);
        elf("debug link", ElfFile::debugLink);
        elf("shared link", ElfFile::sharedLink);
        elf("dynamic", ElfFile::dynamic);
        elf("stubs", ElfFile::stubs);
        elf("marks", SdtNotes::read);
        DwarfReaders.addTo(ALL);
        ALL.put("program", Readers::program);
    }

    private Readers() {}

    private static void elf(String name, Consumer<ElfFile> reader) {
        ALL.put(name, damaged -> reader.accept(damaged.elf()));
    }

    /** A program with its own debug information, and that which it shares. */
    private record Alone(@Nullable ByteBuffer supplement) implements ElfProgram.Surroundings {
        @Override
        public List<String> libraries(ElfFile program) {
            return List.of();
        }

        @Override
        public DebugSource debug(ElfFile program) {
            return new DebugSource.Found(
                    "/fuzz", program, Optional.ofNullable(supplement).map(ElfFile::read));
        }
    }

    /** What probes ask a program: broken parts are left out there, only a file that is no program is refused. */
    private static void program(Damaged damaged) {
        var program =
                new ElfProgram(new ElfProgram.Identity("/fuzz", 1, 1), damaged.file(), new Alone(damaged.supplement()));
        program.debug();
        program.buildId();
        for (var function : program.functions("*").stream().limit(24).toList()) {
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
