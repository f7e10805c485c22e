package io.stapscope.capture.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.host.Features;
import io.stapscope.host.Features.Feature;
import io.stapscope.host.Features.Support;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final String ALL_RIGHTS = "000001ffffffffff";

    @TempDir
    private Path root;

    @Test
    void aMachineWithEverythingCanTrace() throws IOException {
        rights(ALL_RIGHTS);

        var report = Doctor.examine(without(Set.of()), new Database(true, "18.6"), root);

        assertThat(report.canTrace()).isTrue();
        assertThat(report.summary()).isEqualTo("Scripts can run here.");
        assertThat(report.checks()).extracting(DoctorCheck::id).doesNotHaveDuplicates();
        assertThat(report.text()).contains("works").contains("CONFIG_UTRACE");
    }

    @Test
    void whatIsMissingIsNamedWithItsFix() throws IOException {
        rights(ALL_RIGHTS);

        var report = Doctor.examine(without(Set.of(Feature.KPROBE)), new Database(false, "connection refused"), root);

        assertThat(report.canTrace()).isTrue();
        assertThat(report.summary()).isEqualTo("Scripts can run here. Not available: kprobes, PostgreSQL.");
        assertThat(check(report, "kprobe").fix()).isNotEmpty();
        assertThat(check(report, "database").found()).isEqualTo("connection refused");
    }

    @Test
    void withoutRightsNothingRuns() throws IOException {
        rights("0000000000000000");

        var report = Doctor.examine(without(Set.of(Feature.BPF)), null, root);

        assertThat(report.canTrace()).isFalse();
        assertThat(check(report, "capabilities").found()).isEqualTo("without CAP_SYS_PTRACE, CAP_PERFMON, CAP_BPF");
        assertThat(check(report, "capabilities").fix()).contains("CAP_BPF");
        assertThat(report.summary()).startsWith("Scripts cannot run here:");
    }

    @Test
    void theTwoTracingCapabilitiesAreEnoughWithoutRoot() throws IOException {
        rights(Long.toHexString(1L << 38 | 1L << 39));

        assertThat(check(Doctor.examine(without(Set.of()), null, root), "capabilities")
                        .verdict())
                .isEqualTo(Verdict.LIMITED);
    }

    @Test
    void lockdownIsReadFromItsBrackets() throws IOException {
        rights(ALL_RIGHTS);
        var file = root.resolve("sys/kernel/security/lockdown");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "none integrity [confidentiality]\n");

        var lockdown = check(Doctor.examine(without(Set.of()), null, root), "lockdown");

        assertThat(lockdown.found()).isEqualTo("confidentiality");
        assertThat(lockdown.verdict()).isEqualTo(Verdict.LIMITED);
    }

    private void rights(String effective) throws IOException {
        var status = root.resolve("proc/self/status");
        Files.createDirectories(status.getParent());
        Files.writeString(status, "Name:\tjava\nCapPrm:\t0\nCapEff:\t" + effective + "\n");
    }

    private static DoctorCheck check(DoctorReport report, String id) {
        return report.checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Features without(Set<Feature> missing) {
        var support = new EnumMap<Feature, Support>(Feature.class);
        for (var feature : Feature.values()) {
            support.put(
                    feature, new Support(!missing.contains(feature), missing.contains(feature) ? "refused" : "tried"));
        }
        return new Features(support);
    }
}
