package io.stapscope.debuginfo.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.debuginfo.elf.ElfBuilder.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElfFileTest {
    private static final int GLOBAL_FUNCTION = 0x12;
    private static final int LOCAL_FUNCTION = 0x02;

    private static ElfBuilder withSymbols(boolean wide) {
        var builder = new ElfBuilder(wide, wide ? Machine.X86_64 : Machine.I386);
        // Names at 1, 6 and 22.
        var names = builder.bytes().u8(0).text("main").text("puts@GLIBC_2.2.5").text("helper");
        var symbols = builder.bytes()
                .symbol(0, 0, 0, 0, 0)
                .symbol(1, 0x400100, 0x20, GLOBAL_FUNCTION, 1)
                .symbol(6, 0, 0, GLOBAL_FUNCTION, 0)
                .symbol(23, 0x400120, 0, LOCAL_FUNCTION, 1);
        return builder.section(".strtab", ElfSection.STRINGS, names)
                .section(".symtab", ElfSection.SYMBOLS, 0, symbols, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void symbols_are_read_in_both_sizes_of_words_without_their_versions(boolean wide) {
        var file = ElfFile.read(withSymbols(wide).build());
        assertThat(file.is64()).isEqualTo(wide);
        assertThat(file.machineName()).isEqualTo(wide ? "x86_64" : "i386");
        assertThat(file.symbols()).extracting(ElfSymbol::name).containsExactly("main", "puts", "helper");
        assertThat(file.functions().all()).extracting(ElfSymbol::value).containsExactly(0x400100L, 0x400120L);
        assertThat(file.functions().at(0x40011f)).map(ElfSymbol::name).contains("main");
        assertThat(file.functions().at(0x500000)).map(ElfSymbol::name).contains("helper");
    }

    @Test
    void addresses_and_offsets_are_turned_into_each_other() {
        var file = ElfFile.read(withSymbols(true).build());
        assertThat(file.offsetOfAddress(0x400010)).hasValue(0x10);
        assertThat(file.addressOfOffset(0x10)).hasValue(0x400010);
        assertThat(file.offsetOfAddress(0x10)).isEmpty();
        assertThat(file.offsetOfAddress(0x500000)).isEmpty();
        assertThat(file.isCode(0x400010)).isTrue();
    }

    @Test
    void a_big_endian_file_is_refused_by_name() {
        var file = withSymbols(true).build().put(5, (byte) 2);
        assertThatThrownBy(() -> ElfFile.read(file))
                .isInstanceOf(ElfFormatException.class)
                .hasMessage("is a big-endian ELF file, which we do not read");
    }

    @Test
    void a_text_is_no_elf_file() {
        var text = ByteBuffer.wrap("#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> ElfFile.read(text)).hasMessage("is no ELF file");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_cut_is_refused_as_damage(boolean wide) {
        var whole = withSymbols(wide).build();
        for (int length = 0; length < whole.limit(); length++) {
            var part = whole.duplicate().limit(length);
            assertThatThrownBy(() -> ElfFile.read(part).functions()).isInstanceOf(ElfFormatException.class);
        }
    }

    @Test
    void the_number_of_sections_may_be_in_the_first_section() {
        var bytes = withSymbols(true).build();
        int table = (int) bytes.getLong(40);
        int count = bytes.getShort(60);
        int names = bytes.getShort(62);
        bytes.putShort(60, (short) 0).putLong(table + 32, count);
        bytes.putShort(62, (short) 0xffff).putInt(table + 40, names);
        assertThat(ElfFile.read(bytes).sections())
                .extracting(ElfSection::name)
                .containsExactly("", ".strtab", ".symtab", ".shstrtab");
        bytes.putLong(table + 32, 1L << 40);
        assertThatThrownBy(() -> ElfFile.read(bytes)).hasMessage("has more than 200000 sections");
    }

    @Test
    void symbols_that_share_one_long_name_do_not_fill_the_heap() {
        var builder = ElfBuilder.wide();
        var names = builder.bytes().u8(0).text("x".repeat(40_000));
        var symbols = builder.bytes().symbol(0, 0, 0, 0, 0);
        for (int i = 0; i < 10_000; i++) {
            symbols.symbol(1, i, 0, GLOBAL_FUNCTION, 1);
        }
        var file = ElfFile.read(builder.section(".strtab", ElfSection.STRINGS, names)
                .section(".symtab", ElfSection.SYMBOLS, 0, symbols, 1)
                .build());
        assertThatThrownBy(file::symbols).hasMessage("has symbols whose names are more bytes than it holds");
    }

    @Test
    void a_compressed_section_is_inflated() {
        var text = "debug information, ".repeat(500).getBytes(StandardCharsets.US_ASCII);
        var builder = ElfBuilder.wide();
        var now = builder.bytes().u32(1).u32(0).u64(text.length).u64(1).raw(deflated(text));
        var old = builder.bytes().raw("ZLIB".getBytes(StandardCharsets.US_ASCII));
        old.u64(Long.reverseBytes(text.length)).raw(deflated(text));
        var file = ElfFile.read(builder.section(".debug_info", 1, ElfSection.COMPRESSED, now, 0)
                .section(".zdebug_line", 1, old)
                .build());
        assertThat(file.contents(".debug_info")).contains(ByteBuffer.wrap(text));
        assertThat(file.contents(".debug_line")).contains(ByteBuffer.wrap(text));
        assertThat(file.contents(".debug_abbrev")).isEmpty();
    }

    @Test
    void a_compressed_section_that_claims_too_much_is_refused() {
        var builder = ElfBuilder.wide();
        var content = builder.bytes().u32(1).u32(0).u64(1L << 40).u64(1).raw(deflated(new byte[100]));
        var file = ElfFile.read(builder.section(".debug_info", 1, ElfSection.COMPRESSED, content, 0)
                .build());
        assertThatThrownBy(() -> file.contents(".debug_info"))
                .hasMessage("has a compressed section of 1099511627776 bytes");
    }

    @Test
    void a_section_compressed_by_zstd_is_refused_with_a_next_step() {
        var builder = ElfBuilder.wide();
        var content = builder.bytes().u32(2).u32(0).u64(100).u64(1).raw(new byte[50]);
        var file = ElfFile.read(builder.section(".debug_info", 1, ElfSection.COMPRESSED, content, 0)
                .build());
        assertThatThrownBy(() -> file.contents(".debug_info"))
                .hasMessageContaining("zstd")
                .hasMessageContaining("objcopy --decompress-debug-sections");
    }

    @Test
    void links_and_build_id_tell_where_debug_information_is() {
        var builder = ElfBuilder.wide();
        var note = builder.bytes().note("Go", 4, new byte[3]).note("GNU", 3, new byte[] {(byte) 0xab, 1, 2, 3});
        var file = ElfFile.read(builder.section(".note.gnu.build-id", ElfSection.NOTES, note)
                .section(
                        ".gnu_debuglink",
                        1,
                        builder.bytes().text("a.debug").align(4).u32(0x12345678))
                .section(
                        ".gnu_debugaltlink",
                        1,
                        builder.bytes().text("../x.dwz").u8(0xcd).u8(0xef))
                .build());
        assertThat(file.buildId()).isEqualTo("ab010203");
        assertThat(file.debugLink()).contains(new DebugLink.Separate("a.debug", 0x12345678));
        assertThat(file.sharedLink()).contains(new DebugLink.Shared("../x.dwz", "cdef"));
    }

    @Test
    void a_link_into_another_directory_is_none() {
        var builder = ElfBuilder.wide();
        var content = builder.bytes().text("../../x").align(4).u32(0);
        assertThat(ElfFile.read(builder.section(".gnu_debuglink", 1, content).build())
                        .debugLink())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_a_table_of_sections_the_segments_tell_of_symbols_and_libraries(boolean wide) {
        var bytes = stripped(wide);
        var file = ElfFile.read(bytes);
        assertThat(file.dynamic().needed()).containsExactly("libc.so.6");
        assertThat(file.dynamic().soname()).isEqualTo("libx.so");
        assertThat(file.dynamic().runPath()).containsExactly("/a", "$ORIGIN");
        assertThat(file.exports()).containsExactly("open_it");
        assertThat(file.buildId()).isEqualTo("aa");
    }

    private static ByteBuffer stripped(boolean wide) {
        var builder = new ElfBuilder(wide, Machine.X86_64);
        // Names at 1, 11, 19 and 31.
        var names = builder.bytes()
                .u8(0)
                .text("libc.so.6")
                .text("libx.so")
                .text("/a:$ORIGIN")
                .text("open_it");
        var symbols = builder.bytes().symbol(0, 0, 0, 0, 0).symbol(30, 0x400100, 4, GLOBAL_FUNCTION, 1);
        var note = builder.bytes().note("GNU", 3, new byte[] {(byte) 0xaa});
        // One bucket, two symbols.
        var hash = builder.bytes().u32(1).u32(2).u32(1).u32(0).u32(0);
        builder.section(".note.x", ElfSection.NOTES, note)
                .section(".dynstr", ElfSection.STRINGS, names)
                .section(".dynsym", ElfSection.DYNAMIC_SYMBOLS, 0, symbols, 2)
                .section(".hash", 5, hash);
        var entries = new long[][] {
            {1, 1}, {14, 11}, {29, 19}, {5, 0}, {6, 0}, {10, names.size()}, {4, 0}, {0, 0},
        };
        // The table of segments must be known before addresses are.
        var sized = builder.section(".dynamic", ElfSection.DYNAMIC, 0, dynamic(wide, entries), 2);
        entries[3][1] = sized.address(".dynstr");
        entries[4][1] = sized.address(".dynsym");
        entries[6][1] = sized.address(".hash");
        var bytes = sized.withoutSectionTable().build();
        var dynamic = dynamic(wide, entries).toArray();
        bytes.put(sized.offset(".dynamic"), dynamic);
        return bytes;
    }

    private static Bytes dynamic(boolean wide, long[][] entries) {
        var bytes = new Bytes(wide);
        for (var entry : entries) {
            bytes.word(entry[0]).word(entry[1]);
        }
        return bytes;
    }

    private static byte[] deflated(byte[] text) {
        var deflater = new Deflater();
        deflater.setInput(text);
        deflater.finish();
        var buffer = new byte[text.length + 100];
        int length = deflater.deflate(buffer);
        deflater.end();
        return java.util.Arrays.copyOf(buffer, length);
    }
}
