package io.stapscope.debuginfo.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ArmInstructionsTest {
    private static final Instructions ARM = new ArmInstructions();

    private static Treatment treatment(String hex) {
        return ARM.treatment(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), 0);
    }

    @Test
    void instructionsHaveFourBytes() {
        assertThat(ARM.isBoundary(ByteBuffer.allocate(16), 0, 8)).isTrue();
        assertThat(ARM.isBoundary(ByteBuffer.allocate(16), 0, 6)).isFalse();
        assertThat(ARM.boundaries(ByteBuffer.allocate(16), 4, 16).stream()).containsExactly(4, 8, 12);
    }

    @Test
    void knowsHowTheKernelTreatsAnInstruction() {
        assertThat(treatment("1f2003d5")).as("nop").isEqualTo(Treatment.EMULATED);
        assertThat(treatment("00000014")).as("b").isEqualTo(Treatment.EMULATED);
        assertThat(treatment("c0035fd6")).as("ret").isEqualTo(Treatment.EMULATED);
        assertThat(treatment("fd7bbfa9")).as("stp").isEqualTo(Treatment.SINGLE_STEP);
        assertThat(treatment("010000d4")).as("svc").isEqualTo(Treatment.REFUSED);
        assertThatThrownBy(() -> treatment("1f20")).isInstanceOf(MachineFormatException.class);
    }
}
