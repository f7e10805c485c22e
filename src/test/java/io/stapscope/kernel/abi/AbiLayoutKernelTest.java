package io.stapscope.kernel.abi;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.bpf.MapSpec.MapType;
import io.stapscope.debuginfo.btf.BtfEnums;
import io.stapscope.debuginfo.btf.BtfFile;
import io.stapscope.debuginfo.btf.BtfStructs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Our reader checks our layouts against the running kernel. */
@Tag("kernel")
@Timeout(30)
class AbiLayoutKernelTest {
    private static final BtfFile TYPES = read();
    private static final BtfStructs STRUCTS = new BtfStructs(TYPES);
    private static final BtfEnums ENUMS = new BtfEnums(TYPES);

    private static BtfFile read() {
        try {
            return BtfFile.read(ByteBuffer.wrap(Files.readAllBytes(Path.of("/sys/kernel/btf/vmlinux"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** class, its constant, the kernel's struct, the path to the member. */
    @ParameterizedTest
    @CsvSource({
        "MapCreateAttr, MAP_TYPE, bpf_attr, map_type",
        "MapCreateAttr, KEY_SIZE, bpf_attr, key_size",
        "MapCreateAttr, VALUE_SIZE, bpf_attr, value_size",
        "MapCreateAttr, MAX_ENTRIES, bpf_attr, max_entries",
        "MapCreateAttr, MAP_FLAGS, bpf_attr, map_flags",
        "MapCreateAttr, MAP_NAME, bpf_attr, map_name",
        "MapCreateAttr, BTF_FD, bpf_attr, btf_fd",
        "MapCreateAttr, BTF_KEY_TYPE_ID, bpf_attr, btf_key_type_id",
        "MapCreateAttr, BTF_VALUE_TYPE_ID, bpf_attr, btf_value_type_id",
        "MapElementAttr, MAP_FD, bpf_attr, map_fd",
        "MapElementAttr, KEY, bpf_attr, key",
        "MapElementAttr, VALUE, bpf_attr, value",
        "MapElementAttr, NEXT_KEY, bpf_attr, next_key",
        "MapElementAttr, FLAGS, bpf_attr, flags",
        "MapBatchAttr, IN_BATCH, bpf_attr, batch.in_batch",
        "MapBatchAttr, OUT_BATCH, bpf_attr, batch.out_batch",
        "MapBatchAttr, KEYS, bpf_attr, batch.keys",
        "MapBatchAttr, VALUES, bpf_attr, batch.values",
        "MapBatchAttr, COUNT, bpf_attr, batch.count",
        "MapBatchAttr, MAP_FD, bpf_attr, batch.map_fd",
        "MapBatchAttr, ELEM_FLAGS, bpf_attr, batch.elem_flags",
        "MapBatchAttr, FLAGS, bpf_attr, batch.flags",
        "ProgramLoadAttr, PROG_TYPE, bpf_attr, prog_type",
        "ProgramLoadAttr, INSN_CNT, bpf_attr, insn_cnt",
        "ProgramLoadAttr, INSNS, bpf_attr, insns",
        "ProgramLoadAttr, LICENSE, bpf_attr, license",
        "ProgramLoadAttr, LOG_LEVEL, bpf_attr, log_level",
        "ProgramLoadAttr, LOG_SIZE, bpf_attr, log_size",
        "ProgramLoadAttr, LOG_BUF, bpf_attr, log_buf",
        "ProgramLoadAttr, PROG_FLAGS, bpf_attr, prog_flags",
        "ProgramLoadAttr, PROG_NAME, bpf_attr, prog_name",
        "ProgramLoadAttr, EXPECTED_ATTACH_TYPE, bpf_attr, expected_attach_type",
        "ProgramLoadAttr, ATTACH_BTF_ID, bpf_attr, attach_btf_id",
        "ObjectInfoAttr, BPF_FD, bpf_attr, info.bpf_fd",
        "ObjectInfoAttr, INFO_LEN, bpf_attr, info.info_len",
        "ObjectInfoAttr, INFO, bpf_attr, info.info",
        "RawTracepointAttr, NAME, bpf_attr, raw_tracepoint.name",
        "RawTracepointAttr, PROG_FD, bpf_attr, raw_tracepoint.prog_fd",
        "RawTracepointAttr, COOKIE, bpf_attr, raw_tracepoint.cookie",
        "LinkCreateAttr, PROG_FD, bpf_attr, link_create.prog_fd",
        "LinkCreateAttr, TARGET_FD, bpf_attr, link_create.target_fd",
        "LinkCreateAttr, ATTACH_TYPE, bpf_attr, link_create.attach_type",
        "LinkCreateAttr, FLAGS, bpf_attr, link_create.flags",
        "LinkCreateAttr, UPROBE_MULTI_PATH, bpf_attr, link_create.uprobe_multi.path",
        "LinkCreateAttr, UPROBE_MULTI_OFFSETS, bpf_attr, link_create.uprobe_multi.offsets",
        "LinkCreateAttr, UPROBE_MULTI_CNT, bpf_attr, link_create.uprobe_multi.cnt",
        "LinkCreateAttr, KPROBE_MULTI_CNT, bpf_attr, link_create.kprobe_multi.cnt",
        "LinkCreateAttr, KPROBE_MULTI_SYMS, bpf_attr, link_create.kprobe_multi.syms",
        "BtfLoadAttr, BTF, bpf_attr, btf",
        "BtfLoadAttr, BTF_SIZE, bpf_attr, btf_size",
        "EnableStatsAttr, TYPE, bpf_attr, enable_stats.type",
        "BpfProgramInfo, TYPE, bpf_prog_info, type",
        "BpfProgramInfo, ID, bpf_prog_info, id",
        "BpfProgramInfo, JITED_PROG_LEN, bpf_prog_info, jited_prog_len",
        "BpfProgramInfo, XLATED_PROG_LEN, bpf_prog_info, xlated_prog_len",
        "BpfProgramInfo, RUN_TIME_NS, bpf_prog_info, run_time_ns",
        "BpfProgramInfo, RUN_CNT, bpf_prog_info, run_cnt",
        "BpfProgramInfo, RECURSION_MISSES, bpf_prog_info, recursion_misses",
        "BpfProgramInfo, VERIFIED_INSNS, bpf_prog_info, verified_insns",
        "BpfInsn, CODE, bpf_insn, code",
        "BpfInsn, REGISTERS, bpf_insn, dst_reg",
        "BpfInsn, OFF, bpf_insn, off",
        "BpfInsn, IMM, bpf_insn, imm",
        "EpollEvent, EVENTS, epoll_event, events",
        "EpollEvent, DATA, epoll_event, data",
        "PerfEventAttr, TYPE, perf_event_attr, type",
        "PerfEventAttr, SIZE_FIELD, perf_event_attr, size",
        "PerfEventAttr, CONFIG, perf_event_attr, config",
        "PerfEventAttr, SAMPLE_PERIOD, perf_event_attr, sample_period",
        "PerfEventAttr, BITS, perf_event_attr, disabled"
    })
    void offsetsAreTheKernels(String type, String constant, String struct, String path) throws Exception {
        var ours = Class.forName("io.stapscope.kernel.abi." + type)
                .getField(constant)
                .getInt(null);
        int id = STRUCTS.find(struct);

        assertThat(STRUCTS.offset(id, path.split("\\."))).hasValue(ours);
    }

    @Test
    void sizesAreTheKernels() {
        assertThat(STRUCTS.size(STRUCTS.find("bpf_insn"))).isEqualTo(BpfInsn.SIZE);
        assertThat(STRUCTS.size(STRUCTS.find("epoll_event"))).isEqualTo(EpollEvent.SIZE);
        assertThat(STRUCTS.size(STRUCTS.find("bpf_prog_info"))).isGreaterThanOrEqualTo(BpfProgramInfo.SIZE);
        assertThat(STRUCTS.size(STRUCTS.find("perf_event_attr"))).isGreaterThanOrEqualTo(PerfEventAttr.SIZE);
    }

    @ParameterizedTest
    @EnumSource
    void commandsAreTheKernels(BpfCommand command) {
        assertThat(ENUMS.value("bpf_cmd", command.kernelName())).hasValue(command.code());
    }

    @ParameterizedTest
    @EnumSource
    void mapTypesAreTheKernels(MapType type) {
        assertThat(ENUMS.value("bpf_map_type", "BPF_MAP_TYPE_" + type.name())).hasValue(type.code());
    }

    @ParameterizedTest
    @EnumSource
    void programTypesAreTheKernels(ProgramKind kind) {
        assertThat(ENUMS.value("bpf_prog_type", kind.kernelName())).hasValue(kind.programType());
    }

    @ParameterizedTest
    @CsvSource({
        "BPF_TRACE_RAW_TP, RAW_TRACEPOINT_BTF",
        "BPF_TRACE_FENTRY, FENTRY",
        "BPF_TRACE_KPROBE_MULTI, KPROBE_MULTI",
        "BPF_TRACE_UPROBE_MULTI, UPROBE_MULTI"
    })
    void attachTypesAreTheKernels(String name, ProgramKind kind) {
        assertThat(ENUMS.value("bpf_attach_type", name)).hasValue(kind.attachType());
    }
}
