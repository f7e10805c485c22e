package io.stapscope.history.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stapscope.history.ConsoleBlock;
import io.stapscope.history.Facet;
import io.stapscope.history.KeyPart;
import io.stapscope.history.LossRecord;
import io.stapscope.statistics.MalformedHistogramException;
import io.stapscope.statistics.SecondChunk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Reads a small bundle into memory, without a database. */
public final class BundleReader {
    /** Uncompressed: an hour of a busy machine. */
    private static final int MOST_BYTES = 64 << 20;

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private BundleReader() {}

    /** Fails with {@link BundleException} when it is damaged or too large to be held in memory. */
    public static BundledCapture read(InputStream in) throws IOException {
        var files = files(in);
        var manifest = manifest(files.get(Manifest.FILE));
        var script = files.get(Manifest.SCRIPT);
        if (script == null) {
            throw new BundleException("the bundle has no " + Manifest.SCRIPT);
        }
        return new BundledCapture(
                manifest.id(),
                manifest.name(),
                manifest.startedAtMillis(),
                manifest.intervalMillis(),
                script,
                manifest.target(),
                manifest.host(),
                manifest.aggregates(),
                manifest.totals(),
                series(files),
                known(files),
                console(files));
    }

    private static Map<String, String> files(InputStream in) throws IOException {
        var files = new HashMap<String, String>();
        int left = MOST_BYTES;
        try (var zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var bytes = zip.readNBytes(left + 1);
                left -= bytes.length;
                if (left < 0) {
                    throw new BundleException("the bundle inflates to more than " + MOST_BYTES + " bytes");
                }
                files.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static Manifest manifest(@Nullable String text) {
        if (text == null) {
            throw new BundleException("the bundle has no " + Manifest.FILE);
        }
        try {
            var manifest = JSON.readValue(text, Manifest.class);
            if (manifest == null) {
                throw new BundleException("manifest.json is empty");
            }
            manifest.check();
            return manifest;
        } catch (JsonProcessingException e) {
            throw new BundleException("manifest.json cannot be read: " + e.getOriginalMessage());
        }
    }

    private static List<CsvTable.Row> rows(Map<String, String> files, BundleTable table) {
        var text = files.get(table.file());
        return text == null ? List.of() : CsvTable.parse(table.file(), text).rows();
    }

    /** Names a series within its capture. */
    private record Name(long agg, long number) {
        static Name of(CsvTable.Row row) {
            return new Name(row.number("agg"), row.number("number"));
        }
    }

    private record MinuteName(Name series, long startMillis) {
        static MinuteName of(CsvTable.Row row) {
            return new MinuteName(Name.of(row), row.time("ts"));
        }
    }

    private static List<BundledCapture.Series> series(Map<String, String> files) {
        var chunks = new HashMap<MinuteName, byte[]>();
        rows(files, BundleTable.SECONDS).forEach(row -> chunks.put(MinuteName.of(row), row.bytes("chunk")));
        var minutes = new HashMap<Name, List<BundledCapture.SeriesMinute>>();
        for (var row : rows(files, BundleTable.MINUTES)) {
            var chunk = chunks.get(MinuteName.of(row));
            if (chunk == null) {
                throw new BundleException("the bundle has a minute without its seconds");
            }
            minutes.computeIfAbsent(Name.of(row), _ -> new ArrayList<>()).add(minute(row, chunk));
        }
        minutes.values().forEach(each -> each.sort(Comparator.comparingLong(BundledCapture.SeriesMinute::startMillis)));
        return rows(files, BundleTable.SERIES).stream()
                .map(row -> series(row, minutes.getOrDefault(Name.of(row), List.of())))
                .toList();
    }

    private static BundledCapture.SeriesMinute minute(CsvTable.Row row, byte[] chunk) {
        try {
            return new BundledCapture.SeriesMinute(
                    row.time("ts"),
                    row.number("n"),
                    row.number("sum"),
                    row.number("vmin"),
                    row.number("vmax"),
                    SecondChunk.decode(chunk));
        } catch (MalformedHistogramException e) {
            throw new BundleException("the bundle has damaged seconds: " + e.getMessage());
        }
    }

    private static BundledCapture.Series series(CsvTable.Row row, List<BundledCapture.SeriesMinute> minutes) {
        var kinds = row.texts("key_kinds");
        var values = row.texts("keys");
        var labels = row.texts("labels");
        var notes = row.isNull("notes") ? List.<String>of() : row.texts("notes");
        if (values.size() != kinds.size() || labels.size() != kinds.size()) {
            throw new BundleException(
                    "the bundle has a key of " + kinds.size() + " kinds and " + values.size() + " values");
        }
        var keys = new ArrayList<KeyPart>();
        for (int i = 0; i < kinds.size(); i++) {
            var note = i < notes.size() ? notes.get(i) : "";
            keys.add(new KeyPart(kinds.get(i), values.get(i), labels.get(i), note.isEmpty() ? null : note));
        }
        return new BundledCapture.Series(
                row.integer("agg"),
                row.integer("number"),
                facet(row.number("facet")),
                keys,
                row.number("n"),
                row.number("sum"),
                minutes);
    }

    private static Facet facet(long code) {
        for (var facet : Facet.values()) {
            if (facet.code() == code) {
                return facet;
            }
        }
        throw new BundleException(
                "the bundle has a series of the facet " + code + ", which this version does not know");
    }

    private static List<BundledCapture.Known> known(Map<String, String> files) {
        return rows(files, BundleTable.CAPTURE_MINUTE).stream()
                .map(row -> new BundledCapture.Known(row.time("ts"), row.number("seconds_known"), losses(row)))
                .sorted(Comparator.comparingLong(BundledCapture.Known::startMillis))
                .toList();
    }

    private static LossRecord losses(CsvTable.Row row) {
        return new LossRecord(
                row.number("hits"),
                row.number("skipped_self"),
                row.number("skipped_no_entry"),
                row.number("lost_events"),
                row.number("lost_keys"),
                row.number("lost_updates"),
                row.number("lost_returns"),
                row.number("read_faults"),
                row.number("recursion_misses"),
                row.number("soft_errors"),
                row.number("keys"),
                row.number("key_capacity"),
                row.number("hit_ns"));
    }

    private static List<ConsoleBlock> console(Map<String, String> files) {
        return rows(files, BundleTable.CONSOLE).stream()
                .map(row -> new ConsoleBlock(
                        row.number("seq"),
                        row.time("ts"),
                        row.text("stream"),
                        row.has("lines") ? row.integer("lines") : 1,
                        row.text("line")))
                .sorted(Comparator.comparingLong(ConsoleBlock::seq))
                .toList();
    }
}
