package io.stapscope.kernel.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.codegen.Driver;
import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfFormatException;
import io.stapscope.host.SymbolSource.Symbol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(30)
class SymbolsKernelTest {
    @Test
    void functionsOfAProgramAreFoundByAddress() throws IOException {
        var file = ElfFile.read(ByteBuffer.wrap(Files.readAllBytes(Driver.program())));
        var main = file.functions().all().stream()
                .filter(symbol -> symbol.name().equals("main"))
                .findFirst()
                .orElseThrow();

        assertThat(main.size()).isPositive();
        assertThat(file.functions().at(main.value())).contains(main);
        assertThat(file.functions().at(main.value() + main.size() - 1)).contains(main);
        assertThat(file.functions().at(1)).isEmpty();
        assertThat(file.section(".text")).get().satisfies(text -> {
            assertThat(file.bytes(text).limit()).isEqualTo((int) text.size());
            assertThat(file.addressOfOffset(text.offset())).hasValue(text.address());
        });
    }

    @Test
    void everyCutOfAProgramIsReadOrRefused() throws IOException {
        var bytes = Files.readAllBytes(Driver.program());
        for (int length = 0; length < bytes.length; length += 97) {
            var part = ByteBuffer.wrap(bytes, 0, length).slice();
            try {
                assertThat(ElfFile.read(part).segments()).isNotNull();
            } catch (ElfFormatException e) {
                assertThat(e).hasMessageStartingWith("is ");
            }
        }
        assertThatThrownBy(() -> ElfFile.read(ByteBuffer.wrap("#!/bin/sh".getBytes(ISO_8859_1))))
                .isInstanceOf(ElfFormatException.class)
                .hasMessage("is no ELF file");
    }

    @Test
    void symbolsOfTheKernelAreFoundWithTheirModules() {
        var text = """
                ffffffff81000000 T _text
                0000000000000000 A nothing
                ffffffff81000040 t second
                ffffffff81000040 t alias
                ffffffffc0000000 t inside\t[module]
                ffffffffc0000100 t last\t[module]
                """;
        var symbols = KernelSymbols.parse(text.getBytes(ISO_8859_1));

        assertThat(symbols.at(0xffffffff81000001L)).contains(new Symbol("_text", 1, 0x40, "kernel"));
        assertThat(symbols.at(0xffffffff81000048L).map(Symbol::name)).contains("second");
        assertThat(symbols.at(0xffffffffc0000010L)).contains(new Symbol("inside", 0x10, 0x100, "module"));
        assertThat(symbols.at(0xffffffff80ffffffL)).isEmpty();
        assertThat(symbols.at(0x7fff00000000L)).isEmpty();
    }

    @Test
    void mappingsOfAProcessAreReadAndThoseWithoutAFileAreLeftOut() {
        var maps = """
                55d0c0a00000-55d0c0a10000 r-xp 00001000 fe:00 1234                       /usr/bin/with space
                7ffd0000f000-7ffd00010000 rw-p 00000000 00:00 0                          [stack]
                7f0000000000-7f0000001000 rw-p 00000000 00:00 0
                """;

        assertThat(UserSymbols.parse(maps)).singleElement().satisfies(mapped -> {
            assertThat(mapped.path()).isEqualTo("/usr/bin/with space");
            assertThat(mapped.offset()).isEqualTo(0x1000);
            assertThat(mapped.holds(0x55d0c0a00000L)).isTrue();
            assertThat(mapped.holds(0x55d0c0a10000L)).isFalse();
        });
    }

    @Test
    void aProcessThatIsGoneHasNoSymbols() {
        assertThat(new UserSymbols(Path.of("/nonexistent")).at(1, 0x400000)).isEmpty();
    }
}
