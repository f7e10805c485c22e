package io.stapscope.host.program;

import io.stapscope.debuginfo.dwarf.DwarfSections;
import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfSection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Where the debug information of a program is. */
public sealed interface DebugSource {
    /**
     * There is some.
     *
     * @param path of the file that holds it
     * @param file the program itself, or one that was split off
     * @param supplement a file that it shares common parts with
     */
    record Found(String path, ElfFile file, Optional<ElfFile> supplement) implements DebugSource {}

    /** @param reason a clause of what was looked for and what to install */
    record Missing(String reason) implements DebugSource {}

    /** The sections of a program's debug information; what unwinds the stack is in the program itself. */
    static DwarfSections sections(ElfFile program, Found source) {
        var supplement = source.supplement()
                .map(file -> DwarfSections.of(name -> contents(file, name), 0, addressSize(file), null));
        long frames = program.section(".eh_frame").map(ElfSection::address).orElse(0L);
        return DwarfSections.of(
                name -> contents(name.equals(".eh_frame") ? program : source.file(), name),
                frames,
                addressSize(program),
                supplement.orElse(null));
    }

    private static ByteBuffer contents(ElfFile file, String name) {
        return file.contents(name).orElseGet(() -> ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static int addressSize(ElfFile file) {
        return file.is64() ? 8 : 4;
    }
}
