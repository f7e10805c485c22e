package io.stapscope.api;

import io.stapscope.api.error.ApiException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files that come in part by part: few, of bounded size, and not kept when their sender falls silent. */
@ApplicationScoped
class Uploads {
    private static final int MOST_UPLOADS = 4;
    private static final long MOST_BYTES = 2L << 30;
    private static final long PATIENCE_NANOS = Duration.ofMinutes(10).toNanos();

    private final Map<UUID, Upload> uploads = new LinkedHashMap<>();

    /** @param received bytes so far */
    record Upload(UUID id, Path file, long received, long touchedNanos) {}

    /** Adds a part; the first has no upload yet. */
    synchronized Upload append(@Nullable UUID id, byte[] part) throws IOException {
        forget();
        var upload = id == null ? begin() : uploads.get(id);
        if (upload == null) {
            throw ApiException.notFound("no_such_upload", "no upload " + id + "; begin again with its first part");
        }
        if (upload.received() + part.length > MOST_BYTES) {
            remove(upload.id());
            throw new ApiException(
                    413, "too_large", "bundles of up to " + MOST_BYTES + " bytes are taken", Map.of(), List.of());
        }
        Files.write(upload.file(), part, StandardOpenOption.APPEND);
        var next = new Upload(upload.id(), upload.file(), upload.received() + part.length, System.nanoTime());
        uploads.put(next.id(), next);
        return next;
    }

    private Upload begin() throws IOException {
        if (uploads.size() >= MOST_UPLOADS) {
            throw new ApiException(
                    429, "too_many_uploads", MOST_UPLOADS + " bundles come in already; try again", Map.of(), List.of());
        }
        return new Upload(UUID.randomUUID(), Files.createTempFile("stapscope", ".upload"), 0, System.nanoTime());
    }

    synchronized void remove(UUID id) throws IOException {
        var upload = uploads.remove(id);
        if (upload != null) {
            Files.deleteIfExists(upload.file());
        }
    }

    private void forget() throws IOException {
        long now = System.nanoTime();
        for (var upload : List.copyOf(uploads.values())) {
            if (now - upload.touchedNanos() > PATIENCE_NANOS) {
                remove(upload.id());
            }
        }
    }

    @PreDestroy
    synchronized void clear() throws IOException {
        for (var id : List.copyOf(uploads.keySet())) {
            remove(id);
        }
    }
}
