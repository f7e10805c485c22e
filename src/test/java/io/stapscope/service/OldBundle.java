package io.stapscope.service;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A bundled recording as if it had been made some days ago. */
final class OldBundle {
    private static final Path RECORDINGS = Path.of("src/main/resources/replay");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?= \\d\\d:\\d\\d:\\d\\d)");

    private OldBundle() {}

    static byte[] of(String recording, int days) throws IOException {
        byte[] bundle = Files.readAllBytes(RECORDINGS.resolve(recording + ".zip"));
        var old = new ByteArrayOutputStream();
        try (var in = new ZipInputStream(new ByteArrayInputStream(bundle));
                var out = new ZipOutputStream(old)) {
            long earlier = 0;
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (entry.getName().equals("manifest.json")) {
                    var manifest = new JsonObject(text);
                    earlier = daysToGo(manifest.getLong("startedAtMillis"), days);
                    long millis = ChronoUnit.DAYS.getDuration().toMillis() * earlier;
                    for (var time : new String[] {"startedAtMillis", "stoppedAtMillis"}) {
                        manifest.put(time, manifest.getLong(time) - millis);
                    }
                    text = manifest.encode();
                } else {
                    long back = earlier;
                    text = DAY.matcher(text)
                            .replaceAll(day ->
                                    LocalDate.parse(day.group()).minusDays(back).toString());
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return old.toByteArray();
    }

    private static long daysToGo(long startedAtMillis, int days) {
        var made = LocalDate.ofInstant(Instant.ofEpochMilli(startedAtMillis), ZoneOffset.UTC);
        return ChronoUnit.DAYS.between(LocalDate.now(ZoneOffset.UTC).minusDays(days), made);
    }
}
