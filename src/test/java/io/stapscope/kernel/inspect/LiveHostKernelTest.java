package io.stapscope.kernel.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.host.Features.Feature;
import io.stapscope.host.KernelTypes.MissingTypeException;
import io.stapscope.kernel.Workload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(30)
class LiveHostKernelTest {
    private final LiveHost host = LiveHost.ofThisProcess();

    @Test
    void theMachineIsDescribed() {
        assertThat(host.kernelRelease()).isEqualTo(System.getProperty("os.version"));
        assertThat(host.possibleCpus())
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(host.processExists(1)).isTrue();
        assertThat(host.processExists(0)).isFalse();
        assertThat(host.syscalls().number("getppid")).isPresent();
    }

    /** Also where nobody has mounted the tracing file system. */
    @Test
    void tracepointsHaveTheirGroups() {
        assertThat(host.types().tracepointSystems())
                .containsEntry("sched_switch", "sched")
                .containsEntry("sys_enter", "raw_syscalls");
    }

    @Test
    void typesAnswerAndAbsentOnesAreNamed() {
        var types = host.types();

        assertThat(types.offset("pt_regs", "di")).isEqualTo(112);
        assertThat(types.offset("file", "f_path", "dentry"))
                .isEqualTo(types.offset("file", "f_path") + types.offset("path", "dentry"));
        assertThat(types.hasMember("task_struct", "no_such_member")).isFalse();
        assertThat(types.tracepoints()).contains("sys_enter", "sys_exit", "sched_process_exit");
        assertThat(types.tracepointParameters("sys_enter")).containsExactly("struct pt_regs *", "long int");
        assertThat(types.tracepointParameters("no_such_tracepoint")).isEmpty();
        assertThat(types.hasFunction("bpf_iter_num_new")).isTrue();
        assertThatThrownBy(() -> types.offset("task_struct", "no_such_member"))
                .isInstanceOf(MissingTypeException.class)
                .hasMessage("struct task_struct of the kernel has no member no_such_member");
    }

    @Test
    void whatAFirstRunNeedsIsThereAndNothingIsLeftBehind() {
        long before = Workload.openKernelObjects();
        var features = host.features();

        assertThat(Workload.openKernelObjects()).isEqualTo(before);
        assertThat(features.support()).containsOnlyKeys(Feature.values());
        for (var feature : new Feature[] {
            Feature.BPF, Feature.BTF, Feature.RAW_TRACEPOINT_BTF, Feature.RING_BUFFER, Feature.TASK_STORAGE
        }) {
            assertThat(features.support().get(feature).available())
                    .as("%s: %s", feature, features.support().get(feature).reason())
                    .isTrue();
        }
    }
}
