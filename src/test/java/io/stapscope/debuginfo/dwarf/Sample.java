package io.stapscope.debuginfo.dwarf;

import io.stapscope.debuginfo.elf.ElfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A small C program that a test has compiled, and the sections of its debug information. */
public record Sample(ElfFile elf, DwarfSections sections) {
    /** @param options of the compiler: {@code -O2 -gdwarf-4} */
    public static Sample compile(String compiler, String source, String... options) {
        try {
            var directory = Files.createTempDirectory("stapscope-sample");
            var text = directory.resolve("sample.c");
            var program = directory.resolve("sample");
            try {
                Files.writeString(text, source);
                var command = new ArrayList<>(List.of(compiler, "-w", "-o", program.toString(), text.toString()));
                command.addAll(List.of(options));
                run(command);
                return of(ElfFile.read(ByteBuffer.wrap(Files.readAllBytes(program))));
            } finally {
                Files.deleteIfExists(text);
                Files.deleteIfExists(program);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sample of(ElfFile elf) {
        long frames = elf.section(".eh_frame").map(section -> section.address()).orElse(0L);
        return new Sample(elf, DwarfSections.of(name -> section(elf, name), frames, Long.BYTES, null));
    }

    private static ByteBuffer section(ElfFile elf, String name) {
        return elf.section(name).map(elf::bytes).orElse(ByteBuffer.allocate(0)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Address of a function. */
    public long function(String name) {
        return elf.functions().all().stream()
                .filter(symbol -> symbol.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    public long end(String name) {
        long start = function(name);
        return start + elf.functions().at(start).orElseThrow().size();
    }
}
