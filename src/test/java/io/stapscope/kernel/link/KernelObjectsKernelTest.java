package io.stapscope.kernel.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stapscope.bpf.MapSpec;
import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.kernel.TestPrograms;
import io.stapscope.kernel.Workload;
import io.stapscope.kernel.inspect.LiveKernelTypes;
import io.stapscope.kernel.program.VerifierException;
import io.stapscope.kernel.syscall.Bpf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(30)
class KernelObjectsKernelTest {
    private static final LiveKernelTypes TYPES = LiveKernelTypes.read();
    private static final MapSpec COUNTS = new MapSpec("counts", MapType.ARRAY, 4, 16, 1, true, true);

    private long openBefore;

    @BeforeEach
    void countOpen() {
        openBefore = Workload.openKernelObjects();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(Workload.openKernelObjects()).isEqualTo(openBefore);
    }

    @Test
    void everyCallIsCountedOnceWhileAttached() {
        try (var objects = new KernelObjects()) {
            var counts = objects.create(COUNTS).view();
            var program = objects.load(TestPrograms.counting(), TYPES);
            Workload.getppid(10);
            assertThat(counts.getLong(0)).isZero();

            objects.attach(program);
            Workload.getppid(1000);
            assertThat(counts.getLong(0)).isEqualTo(1000);

            objects.detach();
            Workload.getppid(10);
            assertThat(counts.getLong(0)).isEqualTo(1000);
        }
    }

    @Test
    void runsAreCountedByTheKernelWhenAsked() {
        try (var statistics = Bpf.enableStatistics();
                var objects = new KernelObjects()) {
            assertThat(statistics.isOpen()).isTrue();
            objects.create(COUNTS);
            var program = objects.load(TestPrograms.counting(), TYPES);
            objects.attachAll();
            Workload.getppid(500);
            objects.detach();

            var info = program.info();
            assertThat(info.runs()).isGreaterThanOrEqualTo(500);
            assertThat(info.runNanos()).isPositive();
            assertThat(info.recursionMisses()).isZero();
            assertThat(info.verifiedInstructions()).isPositive();
        }
    }

    @Test
    void aRefusalNamesTheInstructionAndTheReason() {
        try (var objects = new KernelObjects()) {
            objects.create(COUNTS);
            var refusal =
                    catchThrowableOfType(VerifierException.class, () -> objects.load(TestPrograms.refused(), TYPES));

            assertThat(refusal.instructionIndex()).isEqualTo(1);
            assertThat(refusal.origin()).isEqualTo(77);
            assertThat(refusal.tellingLine()).isEqualTo("R7 !read_ok");
            assertThat(refusal.log()).contains("R7 !read_ok");
        }
    }

    @Test
    void closingTwiceIsHarmlessAndAClosedViewIsRefused() {
        var objects = new KernelObjects();
        var counts = objects.create(COUNTS).view();
        objects.close();
        objects.close();

        assertThatThrownBy(() -> counts.getLong(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> objects.map("counts").descriptor().number())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("map counts is closed");
    }
}
