package io.stapscope.capture.doctor;

import io.stapscope.capture.backend.BackendStatus;
import io.stapscope.host.Features;
import io.stapscope.host.Features.Feature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at this machine. Verdicts about the kernel come from what was really tried, never from a version number. */
public final class Doctor {
    private static final String RIGHTS =
            "run as root, or give the process the capabilities CAP_BPF, CAP_PERFMON and CAP_SYS_PTRACE";

    private final ProcFiles files;

    private Doctor(ProcFiles files) {
        this.files = files;
    }

    /** @param database how the store answered, null when there is none to ask */
    public static DoctorReport examine(Features features, @Nullable Database database) {
        return examine(features, database, Path.of("/"));
    }

    /** @param backends how it stands with PostgreSQL's names of its processes */
    public static DoctorReport examine(Features features, @Nullable Database database, BackendStatus backends) {
        return new Doctor(new ProcFiles(Path.of("/"))).report(features, database, backends);
    }

    static DoctorReport examine(Features features, @Nullable Database database, Path root) {
        return new Doctor(new ProcFiles(root)).report(features, database, null);
    }

    private DoctorReport report(Features features, @Nullable Database database, @Nullable BackendStatus backends) {
        var checks = new ArrayList<DoctorCheck>();
        checks.add(rights());
        checks.add(needed("bpf", features, Feature.BPF, "every script", RIGHTS));
        checks.add(
                needed(
                        "btf",
                        features,
                        Feature.BTF,
                        "every script",
                        "use a kernel built with CONFIG_DEBUG_INFO_BTF=y, as the current kernels of all large distributions are"));
        checks.add(
                needed("raw_tracepoint", features, Feature.RAW_TRACEPOINT_BTF, "process and system call probes", ""));
        checks.add(needed("ring_buffer", features, Feature.RING_BUFFER, "printing", ""));
        checks.add(needed("task_storage", features, Feature.TASK_STORAGE, "@entry and process filters", ""));
        checks.add(optional("iterator", features, Feature.NUMBER_ITERATOR, "loops in probes of the kernel"));
        checks.add(optional("exit_image", features, Feature.PROCESS_EXIT_WITH_IMAGE, "process(\"PATH\").end"));
        checks.add(optional("prepare_exec", features, Feature.PREPARE_EXEC, "the end of a program replaced by exec"));
        checks.add(optional("uprobe_multi", features, Feature.UPROBE_MULTI, "function probes in programs"));
        checks.add(optional("kprobe", features, Feature.KPROBE, "function probes in the kernel"));
        checks.add(optional("fentry", features, Feature.FENTRY, "cheap function probes in the kernel"));
        checks.add(lockdown());
        checks.add(new DoctorCheck(
                "cpus",
                "processors",
                Integer.toString(Runtime.getRuntime().availableProcessors()),
                Verdict.INFO,
                "memory of statistics grows with them",
                ""));
        checks.add(tracefs());
        checks.add(new DoctorCheck(
                "utrace",
                "CONFIG_UTRACE",
                "not in this kernel, nor in any since 2012",
                Verdict.INFO,
                "nothing: guides of that time ask for it, BPF and uprobes have taken its place",
                ""));
        if (database != null) {
            checks.add(database(database));
        }
        if (backends != null) {
            checks.add(names(backends));
        }
        return new DoctorReport(summary(checks), checks);
    }

    private DoctorCheck rights() {
        long effective = parseHex(files.status("CapEff"));
        var missing = new ArrayList<String>();
        for (var capability : Capability.values()) {
            boolean covered = capability.isIn(effective)
                    || (capability != Capability.CAP_SYS_PTRACE && Capability.CAP_SYS_ADMIN.isIn(effective));
            if (!covered && capability != Capability.CAP_SYS_ADMIN) {
                missing.add(capability.name());
            }
        }
        var found = missing.isEmpty() ? "all that are needed" : "without " + String.join(", ", missing);
        boolean onlyPtrace = missing.equals(List.of(Capability.CAP_SYS_PTRACE.name()));
        var verdict = missing.isEmpty() ? Verdict.WORKS : onlyPtrace ? Verdict.LIMITED : Verdict.BLOCKED;
        return new DoctorCheck(
                "capabilities", "capabilities", found, verdict, "every script", missing.isEmpty() ? "" : RIGHTS);
    }

    private enum Capability {
        CAP_SYS_PTRACE(19),
        CAP_SYS_ADMIN(21),
        CAP_PERFMON(38),
        CAP_BPF(39);

        private final int bit;

        Capability(int bit) {
            this.bit = bit;
        }

        boolean isIn(long set) {
            return (set >>> bit & 1) != 0;
        }
    }

    private static DoctorCheck needed(String id, Features features, Feature feature, String neededFor, String fix) {
        boolean works = features.has(feature);
        var cure = !fix.isEmpty() ? fix : "use kernel " + feature.since() + " or newer";
        return new DoctorCheck(
                id,
                feature.title(),
                reason(features, feature),
                works ? Verdict.WORKS : Verdict.BLOCKED,
                neededFor,
                works ? "" : cure);
    }

    private static DoctorCheck optional(String id, Features features, Feature feature, String neededFor) {
        boolean works = features.has(feature);
        return new DoctorCheck(
                id,
                feature.title(),
                reason(features, feature),
                works ? Verdict.WORKS : Verdict.LIMITED,
                neededFor,
                works ? "" : "this kernel was built without it or forbids it; it came with Linux " + feature.since());
    }

    private static String reason(Features features, Feature feature) {
        var support = features.support().get(feature);
        return support == null ? "not tried" : support.reason();
    }

    private DoctorCheck lockdown() {
        // The file reads "none [integrity] confidentiality": the brackets show the mode in force.
        var modes = files.read("sys/kernel/security/lockdown");
        int open = modes == null ? -1 : modes.indexOf('[');
        int close = modes == null ? -1 : modes.indexOf(']');
        var mode = modes == null || open < 0 || close < open ? "cannot be read here" : modes.substring(open + 1, close);
        boolean secret = mode.equals("confidentiality");
        return new DoctorCheck(
                "lockdown",
                "kernel lockdown",
                mode,
                secret ? Verdict.LIMITED : Verdict.INFO,
                "reading memory of the kernel and of programs",
                secret
                        ? "only counts and system call numbers can be had; booting without it is up to the machine's owner"
                        : "");
    }

    private DoctorCheck tracefs() {
        var there = files.read("sys/kernel/tracing/README") != null;
        return new DoctorCheck(
                "tracefs",
                "tracefs",
                there ? "mounted" : "not mounted, or not readable",
                Verdict.INFO,
                "nothing: events are found in the kernel's own types",
                "");
    }

    private static DoctorCheck database(Database database) {
        return new DoctorCheck(
                "database",
                "PostgreSQL",
                database.found(),
                database.reachable() ? Verdict.WORKS : Verdict.LIMITED,
                "keeping captures",
                database.reachable() ? "" : "live views go on; check the database's address, user and rights");
    }

    private static DoctorCheck names(BackendStatus backends) {
        var verdict =
                switch (backends.state()) {
                    case OFF, RESTING -> Verdict.INFO;
                    case WATCHING -> Verdict.WORKS;
                    case LIMITED, AWAY, REFUSED -> Verdict.LIMITED;
                };
        var fix =
                switch (backends.state()) {
                    case RESTING, WATCHING -> "";
                    case OFF -> "set stapscope.postgresql.url to a PostgreSQL of this machine to have them";
                    case LIMITED -> "grant pg_read_all_stats to that user";
                    case AWAY, REFUSED ->
                        "counts go on without them; check stapscope.postgresql.url, user and password";
                };
        return new DoctorCheck(
                "backend_names",
                "PostgreSQL's names",
                backends.text(),
                verdict,
                "backend type, database, user and query beside a pid",
                fix);
    }

    private static String summary(List<DoctorCheck> checks) {
        var blocked = titles(checks, Verdict.BLOCKED);
        if (!blocked.isEmpty()) {
            return "Scripts cannot run here: " + blocked + " missing.";
        }
        var limited = titles(checks, Verdict.LIMITED);
        return "Scripts can run here." + (limited.isEmpty() ? "" : " Not available: " + limited + ".");
    }

    private static String titles(List<DoctorCheck> checks, Verdict verdict) {
        return String.join(
                ", ",
                checks.stream()
                        .filter(check -> check.verdict() == verdict)
                        .map(DoctorCheck::title)
                        .toList());
    }

    private static long parseHex(String digits) {
        try {
            return Long.parseUnsignedLong(digits, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
