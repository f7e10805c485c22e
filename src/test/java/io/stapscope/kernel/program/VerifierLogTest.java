package io.stapscope.kernel.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifierLogTest {
    @Test
    void theLastInstructionLookedAtIsTheRefusedOne() {
        var log = VerifierLog.parse("""
                0: R1=ctx() R10=fp0
                0: (b7) r0 = 0                        ; R0_w=0
                1: (79) r1 = *(u64 *)(r1 +8)          ; R1_w=scalar()
                from 1 to 3: R0=0 R1=scalar()
                3: R0=0 R1=scalar() R10=fp0
                3: (71) r0 = *(u8 *)(r1 +0)
                R1 invalid mem access 'scalar'
                processed 3 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
                """);

        assertThat(log.slot()).isEqualTo(3);
        assertThat(log.tellingLine()).isEqualTo("R1 invalid mem access 'scalar'");
    }

    @Test
    void whatIsFoundBeforeAnyInstructionNamesItsOwn() {
        var log = VerifierLog.parse("unreachable insn 7\nprocessed 0 insns (limit 1000000)\n");

        assertThat(log.slot()).isEqualTo(7);
        assertThat(log.tellingLine()).isEqualTo("unreachable insn 7");
    }

    @Test
    void anEmptyLogTellsNothing() {
        assertThat(VerifierLog.parse("")).isEqualTo(new VerifierLog("", "", -1));
    }
}
