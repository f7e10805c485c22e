package io.stapscope.debuginfo.elf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PltStubsTest {
    /** A file whose offset table has one word, for {@code puts}. */
    private static ElfFile file(int machine, int relocation, byte[] code, long word) {
        var builder = new ElfBuilder(true, machine);
        var names = builder.bytes().u8(0).text("puts");
        var symbols = builder.bytes().symbol(0, 0, 0, 0, 0).symbol(1, 0, 0, 0x12, 0);
        var relocations = builder.bytes().u64(word).u32(relocation).u32(1).u64(0);
        return ElfFile.read(
                builder.section(".plt", ElfSection.BITS, builder.bytes().raw(code))
                        .section(".dynstr", ElfSection.STRINGS, names)
                        .section(".dynsym", ElfSection.DYNAMIC_SYMBOLS, 0, symbols, 2)
                        .section(".rela.plt", ElfSection.RELOCATIONS, 0, relocations, 3)
                        .build());
    }

    private static long codeAddress() {
        return ElfBuilder.wide()
                .section(".plt", ElfSection.BITS, new ElfBuilder.Bytes(true))
                .address(".plt");
    }

    @Test
    void a_stub_of_x86_begins_with_its_marking_instruction() {
        long start = codeAddress();
        var code = new ElfBuilder.Bytes(true).raw(new byte[16]);
        code.u32(0xfa1e0ff3).u8(0xf2).u8(0xff).u8(0x25).u32(0x1000).raw(new byte[5]);
        var file = file(Machine.X86_64, 7, code.toArray(), start + 16 + 11 + 0x1000);
        assertThat(file.stubs()).containsExactly(new PltStub("puts", start + 16));
    }

    @Test
    void a_jump_through_a_word_without_a_relocation_is_no_stub() {
        var code = new ElfBuilder.Bytes(true).u8(0xff).u8(0x25).u32(0x1000).raw(new byte[10]);
        assertThat(file(Machine.X86_64, 7, code.toArray(), 0x700000).stubs()).isEmpty();
    }

    @Test
    void a_stub_of_aarch64_loads_the_word_from_its_page() {
        long start = codeAddress();
        var code = new ElfBuilder.Bytes(true).raw(new byte[32]);
        // adrp x16, +0x1f000; ldr x17, [x16, 24]; add x16, x16, 24; br x17
        code.u32(0x90000010 | 3 << 29 | 7 << 5)
                .u32(0xf9400211 | 3 << 10)
                .u32(0x91006210)
                .u32(0xd61f0220);
        var file = file(Machine.AARCH64, 1026, code.toArray(), (start & -4096) + 0x1f000 + 24);
        assertThat(file.stubs()).containsExactly(new PltStub("puts", start + 32));
    }

    @Test
    void pages_before_the_stub_are_reached_too() {
        long start = codeAddress();
        var code = new ElfBuilder.Bytes(true).u32(0xd503245f).u32(0xf0fffff0).u32(0xf9400211);
        var file = file(Machine.AARCH64, 1026, code.align(16).toArray(), (start & -4096) - 4096);
        assertThat(file.stubs()).containsExactly(new PltStub("puts", start));
    }

    @Test
    void other_machines_have_no_stubs_that_we_know() {
        assertThat(file(243, 5, new byte[32], 0x700000).stubs()).isEmpty();
    }
}
