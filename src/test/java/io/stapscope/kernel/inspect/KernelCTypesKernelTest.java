package io.stapscope.kernel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.host.TracepointParameter;
import io.stapscope.host.ctype.CType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("kernel")
@Timeout(60)
class KernelCTypesKernelTest {
    private final LiveKernelTypes types = LiveKernelTypes.read();

    @Test
    void membersLieWhereTheOffsetsSay() {
        var task = (CType.Struct) types.type("struct task_struct").orElseThrow();

        assertThat(task.member("pid").orElseThrow().offset()).isEqualTo(types.offset("task_struct", "pid"));
        assertThat(task.member("comm").orElseThrow().type())
                .isInstanceOfSatisfying(
                        CType.Array.class, comm -> assertThat(comm.size()).isEqualTo(16));
        assertThat(task.member("no_such_member")).isEmpty();
        var file = (CType.Struct) types.type("file").orElseThrow();
        assertThat(file.member("f_path").orElseThrow().offset()).isEqualTo(types.offset("file", "f_path"));
    }

    @Test
    void bitFieldsStandInTheirUnit() {
        var task = (CType.Struct) types.type("task_struct").orElseThrow();
        var bit = task.member("in_execve").orElseThrow();

        assertThat(bit.bitSize()).isEqualTo(1);
        assertThat(bit.bitOffset() + bit.bitSize()).isLessThanOrEqualTo(32);
        assertThat(bit.offset() % 4).isZero();
    }

    @Test
    void writtenNamesFindTheirTypes() {
        assertThat(types.type("unsigned long").orElseThrow().size()).isEqualTo(8);
        assertThat(types.type("pid_t").orElseThrow()).isInstanceOf(CType.Int.class);
        assertThat(types.type("struct task_struct *").orElseThrow())
                .isInstanceOfSatisfying(CType.Pointer.class, pointer -> assertThat(pointer.target())
                        .isInstanceOf(CType.Struct.class));
        assertThat(types.type("struct no_such_struct")).isEmpty();
        assertThat(types.type("%%")).isEmpty();
    }

    @Test
    void tracepointsNameTheirArguments() {
        assertThat(types.tracepointArguments("sched_switch"))
                .extracting(TracepointParameter::name)
                .contains("preempt", "prev", "next");
        assertThat(types.tracepointArguments("no_such_tracepoint")).isEmpty();
        int named = 0;
        for (var tracepoint : types.tracepoints()) {
            named += types.tracepointArguments(tracepoint).stream()
                            .noneMatch(p -> p.name().equals("arg1"))
                    ? 1
                    : 0;
        }
        assertThat(named).isGreaterThan(types.tracepoints().size() * 9 / 10);
    }

    @Test
    void typesOfOneStructAreTheSameHoweverReached() {
        var task = (CType.Struct) types.type("task_struct").orElseThrow();
        var parent = task.member("real_parent").orElseThrow().type();

        assertThat(CType.same(parent, CType.pointerTo(task))).isTrue();
        assertThat(CType.same(parent, types.type("struct file *").orElseThrow()))
                .isFalse();
        assertThat(CType.same(
                        parent, types.tracepointArguments("sched_switch").get(1).type()))
                .isTrue();
    }

    @Test
    void constantsAreFoundInAnyEnumeration() {
        assertThat(types.enumerator("TCP_LISTEN")).hasValue(10);
        assertThat(types.enumerator("NO_SUCH_CONSTANT")).isEmpty();
    }
}
