package io.stapscope.host;

import java.util.EnumMap;
import java.util.Map;

/** What this kernel accepts, found by trying. */
public record Features(Map<Feature, Support> support) {
    public Features {
        support = Map.copyOf(support.isEmpty() ? Map.of() : new EnumMap<>(support));
    }

    public boolean has(Feature feature) {
        var found = support.get(feature);
        return found != null && found.available();
    }

    /** @param reason why not, or how it was found; for people */
    public record Support(boolean available, String reason) {}

    /** A thing a kernel may or may not offer. */
    public enum Feature {
        BPF("the bpf system call", "3.18"),
        BTF("kernel types (/sys/kernel/btf/vmlinux)", "5.2"),
        RAW_TRACEPOINT_BTF("BTF raw tracepoints", "5.5"),
        RING_BUFFER("BPF ring buffer", "5.8"),
        TASK_STORAGE("BPF task storage", "5.11"),
        NUMBER_ITERATOR("bpf_iter_num loops", "6.4"),
        PROCESS_EXIT_WITH_IMAGE("sched_process_exit before the image is dropped", "6.16"),
        PREPARE_EXEC("sched_prepare_exec tracepoint", "6.10"),
        UPROBE_MULTI("uprobe_multi links", "6.6"),
        KPROBE("kprobes", "4.1"),
        FENTRY("fentry and fexit", "5.5");

        private final String title;
        private final String since;

        Feature(String title, String since) {
            this.title = title;
            this.since = since;
        }

        /** What to call it in a sentence. */
        public String title() {
            return title;
        }

        /** First kernel that has it. */
        public String since() {
            return since;
        }
    }
}
