package io.stapscope.debuginfo.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.debuginfo.elf.SdtOperand.Address;
import io.stapscope.debuginfo.elf.SdtOperand.Constant;
import io.stapscope.debuginfo.elf.SdtOperand.Index;
import io.stapscope.debuginfo.elf.SdtOperand.Memory;
import io.stapscope.debuginfo.elf.SdtOperand.Refused;
import io.stapscope.debuginfo.elf.SdtOperand.Register;
import io.stapscope.debuginfo.elf.SdtOperand.Width;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdtNotesTest {
    private static OptionalLong symbol(String name) {
        return name.equals("counter") ? OptionalLong.of(0x5000) : OptionalLong.empty();
    }

    private static List<SdtArgument> parse(int machine, String text) {
        return new SdtArguments(machine, SdtNotesTest::symbol).parse(text);
    }

    private static SdtOperand x86(String text) {
        return parse(Machine.X86_64, "8@" + text).getFirst().operand();
    }

    private static SdtOperand arm(String text) {
        return parse(Machine.AARCH64, "8@" + text).getFirst().operand();
    }

    @ParameterizedTest
    @CsvSource({
        "%rax,0,0,64",
        "%edx,1,0,32",
        "%cx,2,0,16",
        "%bl,3,0,8",
        "%bh,3,8,8",
        "%sil,4,0,8",
        "%edi,5,0,32",
        "%bp,6,0,16",
        "%rsp,7,0,64",
        "%r8,8,0,64",
        "%r9d,9,0,32",
        "%r10w,10,0,16",
        "%r15b,15,0,8",
    })
    void a_register_of_any_width_has_the_number_of_the_whole_one(String text, int number, int shift, int bits) {
        assertThat(x86(text)).isEqualTo(new Register(number, shift, bits));
    }

    @Test
    void numbers_and_symbols_are_constants() {
        assertThat(x86("$-5")).isEqualTo(new Constant(-5));
        assertThat(x86("$0xff")).isEqualTo(new Constant(255));
        assertThat(x86("$counter+8")).isEqualTo(new Address(0x5008));
        assertThat(arm("7")).isEqualTo(new Constant(7));
        assertThat(arm("#-7")).isEqualTo(new Constant(-7));
        assertThat(arm("xzr")).isEqualTo(new Constant(0));
    }

    @Test
    void memory_is_a_sum_of_registers_numbers_and_symbols() {
        assertThat(x86("-20(%rbp)")).isEqualTo(new Memory(6, null, -20, false));
        assertThat(x86("(%rdi)")).isEqualTo(new Memory(5, null, 0, false));
        assertThat(x86("8+16(%rsp)")).isEqualTo(new Memory(7, null, 24, false));
        assertThat(x86("0x10(%rax,%rcx,8)")).isEqualTo(new Memory(0, new Index(2, 8, Width.WHOLE), 16, false));
        assertThat(x86("(,%rdx,4)")).isEqualTo(new Memory(-1, new Index(1, 4, Width.WHOLE), 0, false));
        assertThat(x86("counter(%rip)")).isEqualTo(new Memory(-1, null, 0x5000, true));
        assertThat(x86("8+counter(%rip)")).isEqualTo(new Memory(-1, null, 0x5008, true));
        assertThat(x86("counter-8")).isEqualTo(new Memory(-1, null, 0x4ff8, true));
        assertThat(x86("counter(,%rax,4)")).isEqualTo(new Memory(-1, new Index(0, 4, Width.WHOLE), 0x5000, true));
    }

    @Test
    void memory_of_aarch64_may_have_blanks_in_its_brackets() {
        var arguments = parse(Machine.AARCH64, "-4@[sp, 12] 8@x1 8@[x29]");
        assertThat(arguments).extracting(SdtArgument::text).containsExactly("-4@[sp, 12]", "8@x1", "8@[x29]");
        assertThat(arguments.getFirst().operand()).isEqualTo(new Memory(31, null, 12, false));
        assertThat(arm("[x0, #-8]")).isEqualTo(new Memory(0, null, -8, false));
        assertThat(arm("[x0,x1]")).isEqualTo(new Memory(0, new Index(1, 1, Width.WHOLE), 0, false));
        assertThat(arm("[x0, x1, lsl 3]")).isEqualTo(new Memory(0, new Index(1, 8, Width.WHOLE), 0, false));
        assertThat(arm("[x0, w2, sxtw #2]")).isEqualTo(new Memory(0, new Index(2, 4, Width.LOW_SIGNED), 0, false));
        assertThat(arm("[x0, w2, uxtw]")).isEqualTo(new Memory(0, new Index(2, 1, Width.LOW_UNSIGNED), 0, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%fs:16",
                "%xmm0",
                "unknown(%rip)",
                "8(%rip)",
                "(%eax)",
                "(%rax)x",
                "$",
                "",
                "(%rax,%rbx,3)",
                "%foo",
                "-counter",
                "counter+counter",
                "((%rax))",
                "(%rax,%rbx,1,1)",
                "$99999999999999999999",
            })
    void what_cannot_be_read_is_refused_alone(String text) {
        var arguments = parse(Machine.X86_64, "4@%eax 8@" + text + " -2@%cx");
        assertThat(arguments).hasSize(3);
        assertThat(arguments.get(1).operand()).isInstanceOf(Refused.class);
        assertThat(arguments.get(2)).isEqualTo(new SdtArgument(2, true, new Register(2, 0, 16), "-2@%cx"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d0", "v1.2d", "[w0]", "[x0, q1]", "[x0, #:lo12:counter]", "[x0, x1, lsl 9]", "[x0", "x31"})
    void what_cannot_be_read_of_aarch64_is_refused(String text) {
        assertThat(arm(text)).isInstanceOf(Refused.class);
    }

    @Test
    void sizes_tell_signs_and_fractions_are_refused() {
        var arguments = parse(Machine.X86_64, "-1@%al 2@%ax 4@$1 -8@%rax 8f@%xmm0 3@%eax");
        assertThat(arguments).extracting(SdtArgument::size).startsWith(1, 2, 4, 8);
        assertThat(arguments).extracting(SdtArgument::signed).startsWith(true, false, false, true);
        assertThat(arguments.get(4).operand()).isEqualTo(new Refused("floating-point numbers are not read"));
        assertThat(arguments.get(5).operand()).isEqualTo(new Refused("its size is not 1, 2, 4 or 8 bytes"));
        assertThat(parse(Machine.X86_64, "  ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_mark_moves_with_the_base_of_its_file(boolean wide) {
        var builder = new ElfBuilder(wide, Machine.X86_64);
        builder.section(".stapsdt.base", 1, builder.bytes().u8(0));
        // The note was written when the base was at 0x1000.
        var content = builder.bytes().word(0x1008).word(0x1000).word(0);
        content.text("shop").text("sale").text("-4@%edi 8@-8(%rbp)");
        var note = builder.bytes().note("stapsdt", 3, content.toArray());
        builder.section(".note.stapsdt", ElfSection.NOTES, note);
        var marks = SdtNotes.read(ElfFile.read(builder.build()));
        assertThat(marks).hasSize(1);
        assertThat(marks.getFirst().address()).isEqualTo(builder.address(".stapsdt.base") + 8);
        assertThat(marks.getFirst().provider() + ":" + marks.getFirst().name()).isEqualTo("shop:sale");
        assertThat(marks.getFirst().arguments()).extracting(SdtArgument::text).containsExactly("-4@%edi", "8@-8(%rbp)");
    }

    @Test
    void a_semaphore_is_told_by_its_place_in_the_file() {
        var builder = ElfBuilder.wide();
        var content = builder.bytes()
                .word(0x400010)
                .word(0)
                .word(0x400020)
                .text("p")
                .text("m")
                .text("");
        builder.section(".note.stapsdt", ElfSection.NOTES, builder.bytes().note("stapsdt", 3, content.toArray()));
        var mark = SdtNotes.read(ElfFile.read(builder.build())).getFirst();
        assertThat(mark.semaphore()).isEqualTo(0x400020);
        assertThat(mark.semaphoreOffset()).isEqualTo(0x20);
    }

    @Test
    void a_note_that_is_cut_off_is_damage() {
        var builder = ElfBuilder.wide();
        builder.section(".note.stapsdt", ElfSection.NOTES, builder.bytes().note("stapsdt", 3, new byte[10]));
        var file = ElfFile.read(builder.build());
        assertThatThrownBy(() -> SdtNotes.read(file)).isInstanceOf(ElfFormatException.class);
    }
}
