package io.stapscope.debuginfo;

import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.SdtNotes;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
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
        ALL.put("marks", file -> SdtNotes.read(ElfFile.read(file)));
    }

    private Readers() {}
}
