package io.stapscope.history.bundle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a capture that another database numbers anew: script, revision, host, capture, aggregates. */
final class CaptureRows {
    private static final Set<String> OVER = Set.of("stopped", "failed");

    private final Connection connection;

    CaptureRows(Connection connection) {
        this.connection = connection;
    }

    /** @param owner whose quota it counts for */
    void insert(Manifest manifest, String script, String owner) throws SQLException {
        if (number(
                        "select count(*) from capture where id = ?::uuid",
                        manifest.id().toString())
                > 0) {
            throw BundleException.present("the capture " + manifest.id() + " is here already");
        }
        long revision = revision(manifest.name(), script);
        var host = manifest.host();
        run(
                "insert into host (name, kernel, architecture) values (?, ?, ?) on conflict do nothing",
                host.name(),
                host.kernel(),
                host.architecture());
        long hostId = number(
                "select id from host where name = ? and kernel = ? and architecture = ?",
                host.name(),
                host.kernel(),
                host.architecture());
        capture(manifest, revision, hostId, owner);
        for (var aggregate : manifest.aggregates()) {
            run(
                    "insert into aggregate (capture_id, agg, name, kind, key_kinds, unit, line) "
                            + "values (?::uuid, ?, ?, ?, ?, ?, ?)",
                    manifest.id().toString(),
                    aggregate.agg(),
                    aggregate.name(),
                    aggregate.kind(),
                    aggregate.keyKinds().toArray(String[]::new),
                    aggregate.unit(),
                    aggregate.line());
        }
    }

    private void capture(Manifest manifest, long revision, long host, String owner) throws SQLException {
        boolean over = OVER.contains(manifest.state());
        run(
                "insert into capture (id, script_revision_id, host_id, name, state, arguments, target_pid, target_command, "
                        + "tags, interval_ms, started_at, stopped_at, stop_reason, refused, owner, complete, inexact) "
                        + "values (?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, now()), ?, ?, ?, ?, ?)",
                manifest.id().toString(),
                revision,
                host,
                manifest.name(),
                over ? manifest.state() : "failed",
                manifest.arguments().toArray(String[]::new),
                manifest.target() == null ? null : manifest.target().pid(),
                manifest.target() == null ? null : manifest.target().command(),
                manifest.tags().toArray(String[]::new),
                manifest.intervalMillis(),
                new Timestamp(manifest.startedAtMillis()),
                manifest.stoppedAtMillis() == null ? null : new Timestamp(manifest.stoppedAtMillis()),
                over ? manifest.stopReason() : "the bundle was made while it ran",
                manifest.refused(),
                owner,
                over && Boolean.TRUE.equals(manifest.complete()),
                inexact(manifest, over).toArray(String[]::new));
    }

    /** What was said where it was made; a bundle of an older version says nothing, and so that is what is known. */
    private static List<String> inexact(Manifest manifest, boolean over) {
        var reasons = new ArrayList<String>(manifest.inexact() == null ? List.of() : manifest.inexact());
        if (!over) {
            reasons.add("bundle_of_running=?");
        } else if (manifest.complete() == null) {
            reasons.add("bundle_without_verdict=?");
        }
        return reasons;
    }

    private long revision(String name, String script) throws SQLException {
        run("insert into script (name) values (?) on conflict do nothing", name);
        // Held until the bundle is in: revisions have one number each.
        long id = number("select id from script where name = ? for update", name);
        run(
                "insert into script_revision (script_id, revision, source, sha256) select ?, coalesce(max(revision), 0) + 1, "
                        + "?, ? from script_revision where script_id = ? on conflict (script_id, sha256) do nothing",
                id,
                script,
                sha256(script),
                id);
        return number("select id from script_revision where script_id = ? and sha256 = ?", id, sha256(script));
    }

    private void run(String sql, @Nullable Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            statement.executeUpdate();
        }
    }

    private long number(String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
                case Timestamp time -> statement.setTimestamp(i + 1, time);
                case null -> statement.setNull(i + 1, Types.NULL);
                default -> statement.setObject(i + 1, values[i]);
            }
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
