package io.stapscope.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssemblerTest {
    @Test
    void jumpsCountSlotsAndWideLoadsTakeTwo() {
        var assembler = new Assembler();
        var end = assembler.label("end");
        assembler.jump(Condition.EQUAL, Register.R1, 7, end);
        assembler.move(Register.R0, 1L << 40);
        assembler.place(end);
        assembler.exit();

        var program = assembler.assemble();

        assertThat(program).hasSize(3);
        assertThat(program.getFirst().offset()).isEqualTo(2);
    }

    @Test
    void jumpsBackAreNegative() {
        var assembler = new Assembler();
        var start = assembler.label("start");
        assembler.place(start);
        assembler.arithmetic(Arithmetic.ADD, Register.R1, 1);
        assembler.jump(Condition.BELOW, Register.R1, 10, start);
        assembler.exit();

        assertThat(assembler.assemble().get(1).offset()).isEqualTo(-2);
    }

    @Test
    void instructionsCarryTheOriginOfTheirTime() {
        var assembler = new Assembler();
        assembler.origin(3);
        assembler.move(Register.R0, 0);
        assembler.origin(-1);
        assembler.exit();

        assertThat(assembler.assemble()).extracting(Instruction::origin).containsExactly(3, -1);
    }

    @Test
    void missingLabelsAndLongJumpsAreRefused() {
        var missing = new Assembler();
        missing.jump(missing.label("nowhere"));
        assertThatThrownBy(missing::assemble).hasMessageContaining("nowhere");

        var far = new Assembler();
        var end = far.label("end");
        far.jump(Condition.EQUAL, Register.R1, 0, end);
        for (int i = 0; i < 40_000; i++) {
            far.move(Register.R0, 0);
        }
        far.place(end);
        far.exit();
        assertThatThrownBy(far::assemble).hasMessageContaining("40000 slots");
    }

    @Test
    void printsEveryFormForEyes() {
        var assembler = new Assembler();
        var end = assembler.label("end");
        assembler.loadMap(Register.R1, "session");
        assembler.loadMapValue(Register.R2, "globals", 16);
        assembler.load(Width.WORD, Register.R3, Register.R2, 4);
        assembler.loadSigned(Width.WORD, Register.R3, Register.R2, 0);
        assembler.store(Width.DOUBLE, Register.R10, -8, Register.R3);
        assembler.store(Width.BYTE, Register.R10, -16, 5);
        assembler.atomic(Atomic.FETCH_ADD, Width.DOUBLE, Register.R2, 0, Register.R3);
        assembler.arithmetic(Arithmetic.DIVIDE, Register.R3, Register.R1);
        assembler.negate(Register.R3);
        assembler.moveUnsigned(Register.R4, -1);
        assembler.jump(Condition.LESS, Register.R3, -1, end);
        assembler.call(Helper.KTIME_GET_NS);
        assembler.call("bpf_iter_num_new");
        assembler.place(end);
        assembler.exit();

        assertThat(Disassembler.print(assembler.assemble())).isEqualTo("""
                    r1 = map session
                    r2 = value of globals + 16
                    r3 = *(u32 *)(r2 + 4)
                    r3 = *(s32 *)(r2)
                    *(u64 *)(r10 - 8) = r3
                    *(u8 *)(r10 - 16) = 5
                    atomic fetch_add *(u64 *)(r2), r3
                    r3 s/= r1
                    r3 = -r3
                    r4 = -1 (32 bits)
                    if r3 s< -1 goto L0
                    call ktime_get_ns
                    call bpf_iter_num_new
                L0:
                    exit
                """);
    }

    @Test
    void whatNothingReachesIsLeftOut() {
        var assembler = new Assembler();
        var end = assembler.label("end");
        assembler.jump(end);
        assembler.move(Register.R0, 1L << 40);
        assembler.place(end);
        assembler.move(Register.R0, 0);
        assembler.exit();

        assertThat(Disassembler.print(assembler.assemble())).isEqualTo("""
                    goto L0
                L0:
                    r0 = 0
                    exit
                """);
    }

    @Test
    void helpersAreTheAllowedOnes() {
        // A generated program must never write user memory, send signals, or loop in callbacks.
        var banned = List.of(6, 36, 58, 109, 181);
        assertThat(Arrays.stream(Helper.values()).map(Helper::code)).doesNotContainAnyElementsOf(banned);
    }
}
