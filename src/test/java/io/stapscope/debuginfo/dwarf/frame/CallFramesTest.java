package io.stapscope.debuginfo.dwarf.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.Sample;
import io.stapscope.debuginfo.value.Location;
import io.stapscope.debuginfo.value.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(named = "os.arch", matches = "amd64", disabledReason = "numbers of registers are of x86-64")
class CallFramesTest {
    private static final int RBP = 6;
    private static final int RSP = 7;
    private static final int RIP = 16;
    private static final Sample SAMPLE = Sample.compile(
            "cc",
            "int twice(int v) { return v * 2; } int main(void) { return twice(3) - 6; }",
            "-O0",
            "-g",
            "-fcf-protection=none");
    private static final Sample UNWOUND_BY_DEBUGGERS_ONLY = Sample.compile(
            "cc",
            "int twice(int v) { return v * 2; } int main(void) { return twice(3) - 6; }",
            "-O0",
            "-g",
            "-fcf-protection=none",
            "-fno-asynchronous-unwind-tables");

    private static CallFrames frames() {
        return CallFrames.ofEhFrame(
                SAMPLE.sections().ehFrame(), SAMPLE.sections().ehFrameAddress(), Long.BYTES);
    }

    private static Location computed(int register, long offset) {
        return new Location.Computed(Value.plus(new Value.Register(register), offset));
    }

    private static Location memory(int register, long offset) {
        return new Location.Memory(Value.plus(new Value.Register(register), offset));
    }

    @Test
    void theFrameFollowsThePrologue() {
        long start = SAMPLE.function("twice");

        var entry = frames().at(start).orElseThrow();
        assertThat(entry.canonicalAddress()).isEqualTo(computed(RSP, 8));
        assertThat(entry.returnAddress()).isEqualTo(memory(RSP, 0));
        assertThat(entry.saved()).doesNotContainKey(RBP);

        var pushed = frames().at(start + 1).orElseThrow();
        assertThat(pushed.canonicalAddress()).isEqualTo(computed(RSP, 16));
        assertThat(pushed.saved()).containsEntry(RBP, memory(RSP, 0));

        var body = frames().at(start + 4).orElseThrow();
        assertThat(body.canonicalAddress()).isEqualTo(computed(RBP, 16));
        assertThat(body.saved()).containsEntry(RBP, memory(RBP, 0)).containsEntry(RIP, memory(RBP, 8));
        assertThat(body.isSignal()).isFalse();

        assertThat(frames().at(SAMPLE.end("twice") - 1).orElseThrow().canonicalAddress())
                .isEqualTo(computed(RSP, 8));
    }

    @Test
    void framesForDebuggersTellTheSame() {
        var sections = UNWOUND_BY_DEBUGGERS_ONLY.sections();
        long start = UNWOUND_BY_DEBUGGERS_ONLY.function("twice");
        var frames = CallFrames.ofDebugFrame(sections.frame(), Long.BYTES);

        assertThat(frames.size()).isGreaterThanOrEqualTo(2);
        assertThat(frames.at(start)).hasValueSatisfying(frame -> {
            assertThat(frame.canonicalAddress()).isEqualTo(computed(RSP, 8));
            assertThat(frame.returnColumn()).isEqualTo(RIP);
        });
        assertThat(frames.at(start + 4)).hasValueSatisfying(frame -> assertThat(frame.canonicalAddress())
                .isEqualTo(computed(RBP, 16)));
    }

    @Test
    void theOutermostFrameHasNoCaller() {
        assertThat(frames().at(SAMPLE.function("_start")))
                .hasValueSatisfying(frame -> assertThat(frame.returnAddress()).isInstanceOf(Location.Missing.class));
    }

    @Test
    void theTableOfLinkageComputesItsFrame() {
        long plt = SAMPLE.elf().section(".plt").orElseThrow().address();

        assertThat(frames().at(plt)).hasValueSatisfying(frame -> assertThat(frame.canonicalAddress())
                .isInstanceOf(Location.Computed.class));
        assertThat(frames().at(1)).isEmpty();
    }

    @Test
    void damagedFramesAreLeftOutOrRefused() {
        var random = new Random(6);
        var section = SAMPLE.sections().ehFrame();
        var bytes = new byte[section.limit()];
        section.get(0, bytes);
        long start = SAMPLE.function("twice");
        for (int i = 0; i < 5000; i++) {
            var damaged = bytes.clone();
            for (int j = 0; j < 3; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                var frames = CallFrames.ofEhFrame(
                        ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN),
                        SAMPLE.sections().ehFrameAddress(),
                        Long.BYTES);
                assertThat(frames.at(start + 4)).isNotNull();
            } catch (DwarfFormatException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
