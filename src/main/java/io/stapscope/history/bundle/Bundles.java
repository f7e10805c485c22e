package io.stapscope.history.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.stapscope.history.Accounting;
import io.stapscope.history.CaptureQueries;
import io.stapscope.history.CaptureRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/**
 * A capture as a zip: {@code manifest.json}, {@code script.stp}, and the rows of each table as CSV. What comes in has the
 * same totals as what went out, or nothing comes in.
 */
@ApplicationScoped
public class Bundles {
    /** Uncompressed; far more than a month of a busy machine. */
    private static final long MOST_BYTES = 8L << 30;

    private static final int MOST_TEXT_BYTES = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private final AgroalDataSource database;
    private final CaptureQueries queries;
    private final Accounting accounting;

    Bundles(AgroalDataSource database, CaptureQueries queries, Accounting accounting) {
        this.accounting = accounting;
        this.database = database;
        this.queries = queries;
    }

    /** Writes a capture; all its rows are of one moment. */
    public void write(CaptureRecord capture, OutputStream out) throws IOException {
        var account = accounting.of(capture.id()).await().atMost(PATIENCE);
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            text(
                    zip,
                    Manifest.FILE,
                    JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(Manifest.of(capture, account, schema(connection))));
            text(zip, Manifest.SCRIPT, capture.script());
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : BundleTable.values()) {
                zip.putNextEntry(new ZipEntry(table.file()));
                var unused = copy.copyOut(table.copyOut(capture.id(), table.columns(connection)), zip);
                zip.closeEntry();
            }
            zip.finish();
            connection.rollback();
        } catch (SQLException e) {
            throw new IOException("the database does not give the capture", e);
        }
    }

    /** A capture as a page; fails with {@link BundleException} when it is too large for one. */
    public BundlePage page(CaptureRecord capture) throws IOException {
        var bundle = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                if (count + length > BundlePage.MOST_BYTES) {
                    throw BundlePage.tooLarge();
                }
                super.write(bytes, offset, length);
            }
        };
        write(capture, bundle);
        return BundlePage.of(bundle.toByteArray());
    }

    public CaptureRecord find(UUID capture) {
        return queries.find(capture).await().atMost(PATIENCE);
    }

    private static void text(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static String schema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select version from flyway_schema_history where success order by installed_rank desc limit 1")) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    /**
     * Takes a capture in and gives its id, which stays the same; fails with {@link BundleException}.
     *
     * @param owner whose quota it counts for: who takes it in
     */
    public UUID read(Path file, String owner) throws IOException {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
                var connection = database.getConnection()) {
            check(zip);
            var manifest = manifest(zip);
            connection.setAutoCommit(false);
            boolean taken = false;
            try {
                read(zip, manifest, owner, connection);
                connection.commit();
                taken = true;
            } catch (PSQLException e) {
                throw new BundleException("the database refuses the bundle: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            } finally {
                // Whatever went wrong: the connection goes back to the others without a part of a capture.
                if (!taken) {
                    connection.rollback();
                }
            }
            return manifest.id();
        } catch (ZipException e) {
            throw new BundleException("this is no zip file: " + e.getMessage());
        } catch (SQLException e) {
            throw new IOException("the database does not take the capture", e);
        }
    }

    /** Names are what we write, each once, and it does not inflate without end. */
    private static void check(ZipFile zip) {
        var known = new HashSet<>(List.of(Manifest.FILE, Manifest.SCRIPT));
        for (var table : BundleTable.values()) {
            known.add(table.file());
        }
        long bytes = 0;
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            var entry = entries.nextElement();
            if (!known.remove(entry.getName())) {
                throw new BundleException("the bundle holds '" + entry.getName() + "', which does not belong there");
            }
            bytes += entry.getSize();
        }
        if (known.contains(Manifest.FILE) || known.contains(Manifest.SCRIPT)) {
            throw new BundleException("the bundle has no manifest.json or no script.stp");
        }
        if (bytes > MOST_BYTES) {
            throw new BundleException(
                    "the bundle inflates to " + bytes + " bytes, at most " + MOST_BYTES + " are taken");
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        try {
            var manifest = JSON.readValue(text(zip, Manifest.FILE), Manifest.class);
            if (manifest == null) {
                throw new BundleException("manifest.json is empty");
            }
            manifest.check();
            return manifest;
        } catch (JsonProcessingException e) {
            throw new BundleException("manifest.json cannot be read: " + e.getOriginalMessage());
        }
    }

    private static String text(ZipFile zip, String name) throws IOException {
        try (var in = zip.getInputStream(zip.getEntry(name))) {
            byte[] bytes = in.readNBytes(MOST_TEXT_BYTES + 1);
            if (bytes.length > MOST_TEXT_BYTES) {
                throw new BundleException(name + " is longer than " + MOST_TEXT_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void read(ZipFile zip, Manifest manifest, String owner, Connection connection)
            throws SQLException, IOException {
        new CaptureRows(connection).insert(manifest, text(zip, Manifest.SCRIPT), owner);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (var table : BundleTable.values()) {
            var entry = zip.getEntry(table.file());
            if (entry == null) {
                continue;
            }
            List<String> columns;
            try (var in = new BufferedReader(
                    new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8), 1 << 12)) {
                columns = columns(table, in.readLine(), table.columns(connection));
            }
            try (var statement = connection.createStatement();
                    var in = new Bounded(zip.getInputStream(entry))) {
                statement.execute(table.stage(columns));
                var unused = copy.copyIn(table.copyIn(columns), in);
                if (table.isOfSeries()) {
                    statement.execute(table.partitions());
                }
                statement.execute(table.insert(manifest.id(), columns));
            }
        }
        new BundleCheck(connection).check(manifest);
    }

    /** Those of the file; another version's database may have less than this one's, and no others. */
    private static List<String> columns(BundleTable table, @Nullable String header, List<String> known) {
        var names = List.of((header == null ? "" : header).split(","));
        int skipped = table.header(List.of()).size();
        if (names.size() <= skipped || !names.subList(0, skipped).equals(table.header(List.of()))) {
            throw new BundleException(table.file() + " has not the expected columns");
        }
        var columns = names.subList(skipped, names.size());
        for (var column : columns) {
            if (!known.contains(column)) {
                throw new BundleException(
                        table.file() + " has the column '" + column + "', which this version does not know");
            }
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new BundleException(table.file() + " has a column twice");
        }
        return columns;
    }

    /** What the directory of a zip says about sizes need not be so. */
    private static final class Bounded extends FilterInputStream {
        private long left = MOST_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return counted(super.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            return counted(read, Math.max(0, read));
        }

        private int counted(int result, long read) {
            left -= read;
            if (left < 0) {
                throw new BundleException("the bundle inflates to more than " + MOST_BYTES + " bytes");
            }
            return result;
        }
    }
}
