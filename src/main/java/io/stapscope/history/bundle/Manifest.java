package io.stapscope.history.bundle;

import io.stapscope.history.Accounting;
import io.stapscope.history.AggregateRecord;
import io.stapscope.history.CaptureRecord;
import io.stapscope.history.HostRecord;
import io.stapscope.history.TargetRecord;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json} of a bundle: the capture without its rows.
 *
 * @param format always {@link #FORMAT}
 * @param version of the format
 * @param schema number of the newest migration of the database it came from
 * @param complete whether nothing is missing in it; null while it runs, and in bundles of older versions
 * @param inexact why it is not complete
 */
record Manifest(
        String format,
        int version,
        String schema,
        UUID id,
        String name,
        String state,
        long startedAtMillis,
        @Nullable Long stoppedAtMillis,
        @Nullable String stopReason,
        int intervalMillis,
        List<String> arguments,
        List<String> tags,
        TargetRecord target,
        HostRecord host,
        List<AggregateRecord> aggregates,
        List<CaptureRecord.Total> totals,
        long refused,
        @Nullable Boolean complete,
        @Nullable List<String> inexact) {
    static final String FORMAT = "stapscope-capture";
    static final int VERSION = 1;
    static final String FILE = "manifest.json";
    static final String SCRIPT = "script.stp";

    static Manifest of(CaptureRecord capture, Accounting.Account account, String schema) {
        return new Manifest(
                FORMAT,
                VERSION,
                schema,
                capture.id(),
                capture.name(),
                capture.state().word(),
                capture.startedAtMillis(),
                capture.stoppedAtMillis(),
                capture.stopReason(),
                capture.intervalMillis(),
                capture.arguments(),
                capture.tags(),
                capture.target(),
                capture.host(),
                capture.aggregates(),
                capture.totals(),
                capture.refused(),
                account.complete(),
                account.inexact());
    }

    void check() {
        if (!FORMAT.equals(format)) {
            throw new BundleException("manifest.json is not that of a capture: its format is '" + format + "'");
        }
        if (version != VERSION) {
            throw new BundleException("the bundle has version " + version + ", this service reads version " + VERSION);
        }
        if (id == null || name == null || state == null || aggregates == null || host == null || intervalMillis < 1) {
            throw new BundleException("manifest.json does not say which capture this is");
        }
        checkList("arguments", arguments);
        checkList("tags", tags);
        checkList("aggregates", aggregates);
        checkList("totals", totals);
        checkList("inexact", inexact == null ? List.of() : inexact);
    }

    /** One capture with null in a list would break every page that lists it. */
    private static void checkList(String name, @Nullable List<?> list) {
        if (list == null || list.stream().anyMatch(Objects::isNull)) {
            throw new BundleException("manifest.json needs a list '" + name + "' without null in it");
        }
    }
}
