package io.stapscope.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stapscope.api.LoggedInClient;
import io.stapscope.capture.CaptureService;
import io.stapscope.postgres.PostgresTestResource;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class StreamApiTest extends LoggedInClient {
    private static final String BODY = "{\"script\":\"global latency probe process.syscall.return "
            + "{ latency[pid(), $syscall] <<< 1 }\",\"persistent\":%s}";

    @Inject
    CaptureService captures;

    @Test
    void aPageGetsTheSeriesThenTheKeptIntervalsThenTheLiveOnesAndTheEnd() {
        var id = start(true);
        tracer.last().tick(5);
        tracer.last().print("hello\n");
        var page = open(id);
        page.send("{\"type\":\"hello\",\"resume\":null,\"facet\":\"pid\"}");

        var welcome = page.text();
        assertThat(welcome.get("type").asText()).isEqualTo("welcome");
        assertThat(welcome.get("run").get("id").asText()).isEqualTo(id);
        assertThat(welcome.get("seq").asLong()).isEqualTo(1);
        assertThat(page.frame(FrameEncoder.DICT)).contains("4711 postgres".getBytes(StandardCharsets.UTF_8));
        var snapshot = page.frame(FrameEncoder.SNAPSHOT);
        assertThat(snapshot[4]).as("sequence number").isEqualTo((byte) 1);
        assertThat(page.frame(FrameEncoder.LOG)).contains("hello".getBytes(StandardCharsets.UTF_8));

        tracer.last().tick(7);
        var delta = page.frame(FrameEncoder.DELTA);
        assertThat(delta[4]).isEqualTo((byte) 2);
        // The last series is process 4712: its one bucket, 36 (zigzag 72), holds its 14 values.
        assertThat(delta).endsWith(new byte[] {72, 14});
        page.send("{\"type\":\"ack\",\"seq\":2}");
        page.frame(FrameEncoder.STATS);

        assertThat(delete("/api/v1/runs/" + id).status()).isEqualTo(202);
        page.frame(FrameEncoder.EVENT);
        var closed = page.text();
        assertThat(closed.get("type").asText()).isEqualTo("closed");
        assertThat(closed.get("seq").asLong())
                .as("the number the page has, too")
                .isEqualTo(2);
        assertThat(closed.get("run").get("state").asText()).isEqualTo("stopped");
        assertThat(page.closed.join()).isEqualTo(1000);
    }

    @Test
    void whoComesBackGetsOnlyWhatIsMissing() {
        var id = start(true);
        tracer.last().tick(1);
        tracer.last().tick(2);
        tracer.last().tick(3);
        var page = open(id);

        page.send("{\"type\":\"hello\",\"resume\":{\"seq\":2},\"facet\":\"total\"}");

        var snapshot = page.frame(FrameEncoder.SNAPSHOT);
        assertThat(snapshot[8]).as("columns").isEqualTo((byte) 1);
        assertThat(snapshot[9]).as("the missing one").isEqualTo((byte) 3);
        page.close();
    }

    @Test
    void aRunThatIsGoneIsSaidSo() {
        assertThat(open(UUID.randomUUID().toString()).closed.join()).isEqualTo(RunStream.RUN_GONE);
    }

    @Test
    void wordsOfAnotherProtocolEndTheStream() {
        var page = open(start(true));

        page.send("{\"type\":\"subscribe\"}");

        assertThat(page.closed.join()).isEqualTo(1008);
    }

    @Test
    void aTabThatDoesNotReadLosesNoCountAndOnlyOldLines() {
        var id = start(true);
        var run = tracer.last();
        var page = open(id);
        page.send("{\"type\":\"hello\",\"resume\":null,\"facet\":\"total\"}");
        page.frame(FrameEncoder.SNAPSHOT);
        page.hold();
        // More than the sockets' buffers take; each tick counts 3.
        var line = "x".repeat(8000) + "\n";
        for (int i = 0; i < 50; i++) {
            run.print(line.repeat(100));
            run.tick(1);
        }
        run.stop("done");

        page.release();

        long counted = 0;
        long lines = 0;
        boolean merged = false;
        assertThat(page.closed.join()).isEqualTo(1000);
        for (var frame : page.frames) {
            if (frame[0] == FrameEncoder.DELTA || frame[0] == FrameEncoder.COALESCED) {
                merged |= frame[0] == FrameEncoder.COALESCED;
                counted += totalOf(frame);
            } else if (frame[0] == FrameEncoder.LOG) {
                var log = json(new String(frame, 8, frame.length - 8, StandardCharsets.UTF_8));
                lines += log.get("lines").size() + log.get("dropped").asLong();
            }
        }
        assertThat(counted).isEqualTo(150);
        assertThat(lines).isEqualTo(5000);
        assertThat(merged).isTrue();
    }

    /** With a word or without one, as a tab whose machine is switched off. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tabsThatGoWhileFramesAreOnTheirWayLeaveNoComplaintInTheLog(boolean abruptly) {
        var id = start(true);
        var run = tracer.last();
        var hub = captures.find(UUID.fromString(id)).hub();
        try (var complaints = new Complaints()) {
            for (int i = 0; i < 30; i++) {
                var page = open(id);
                page.send("{\"type\":\"hello\",\"resume\":null,\"facet\":\"total\"}");
                page.frame(FrameEncoder.SNAPSHOT);
                var going = CompletableFuture.runAsync(abruptly ? page.socket::abort : page::close);
                while (!going.isDone() || hub.subscribers() > 0) {
                    run.print("a line\n");
                    run.tick(1);
                }
            }
            run.stop("done");
            awaitStopped(id);
            assertThat(complaints.lines()).isEmpty();
        }
    }

    /** Both ends count for themselves; what they disagree about is in the verdict that is stored. */
    @Test
    void whatAPageCountsIsComparedWithWhatWasSent() {
        var exact = watched(0);
        assertThat(exact.get("losses").get("frames").get("made").asLong()).isEqualTo(3);
        assertThat(exact.get("losses").get("frames").get("told").asLong()).isEqualTo(3);
        assertThat(exact.get("inexact").toString()).doesNotContain("frames");
        assertThat(exact.get("balance")).isEmpty();

        var inexact = watched(1);
        assertThat(inexact.get("complete").asBoolean()).isFalse();
        assertThat(inexact.get("inexact").toString()).contains("\"frames_missed=1\"");
    }

    /** The account of a run whose page lost so many of its three frames. */
    private JsonNode watched(int lost) {
        var id = start(true);
        var run = tracer.last();
        var hub = captures.find(UUID.fromString(id)).hub();
        var page = open(id);
        page.send("{\"type\":\"hello\",\"resume\":null,\"facet\":\"total\"}");
        page.text();
        page.frame(FrameEncoder.SNAPSHOT);
        for (int seq = 1; seq <= 3; seq++) {
            run.tick(1);
            assertThat(page.frame(FrameEncoder.DELTA)[4]).isEqualTo((byte) seq);
            page.send("{\"type\":\"ack\",\"seq\":%d,\"frames\":%d}".formatted(seq, seq == 3 ? 3 - lost : seq));
        }
        await(() -> hub.frames().missed() == lost && hub.frames().sent() == 3);
        // The store hears of the last acknowledgement with one more interval, which nobody is there to get.
        page.close();
        await(() -> hub.subscribers() == 0);
        run.tick(1);
        run.stop("done");
        return await("/api/v1/captures/" + id + "/account", account -> account.path("complete")
                .isBoolean());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** Count of the first series, which is the total. */
    private static long totalOf(byte[] frame) {
        var body = ByteBuffer.wrap(frame).position(8);
        int before = frame[0] == FrameEncoder.COALESCED ? 5 : 4;
        for (int i = 0; i < before; i++) {
            unsigned(body);
        }
        return unsigned(body);
    }

    private static long unsigned(ByteBuffer body) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte each = body.get();
            value |= (each & 0x7fL) << shift;
            if (each >= 0) {
                return value;
            }
        }
    }

    @Test
    void closingTheOnlyTabDetachesTheProbes() throws InterruptedException {
        var id = start(false);
        var run = tracer.last();
        var page = open(id);
        page.send("{\"type\":\"hello\",\"resume\":null,\"facet\":\"total\"}");
        page.text();

        page.close();

        // The lease is one second in tests.
        assertThat(run.result()).succeedsWithin(20, TimeUnit.SECONDS).satisfies(result -> assertThat(result.reason())
                .startsWith("nobody watched"));
        assertThat(tracer.attached()).doesNotContain(run);
    }

    @Test
    void aWatchedRunOutlivesTheLease() {
        var id = start(false);
        var run = tracer.last();
        var page = open(id);
        page.send("{\"type\":\"hello\",\"resume\":null,\"facet\":\"total\"}");
        page.text();

        assertThat(run.result()).failsWithin(4, TimeUnit.SECONDS);

        page.close();
    }

    private String start(boolean persistent) {
        var answer = post("/api/v1/runs", BODY.formatted(persistent));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return json(answer.body()).get("id").asText();
    }

    private Page open(String id) {
        var page = new Page();
        page.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", "http://127.0.0.1:" + port)
                .header("Cookie", "stapscope_session=" + session)
                .subprotocols("stapscope.v1")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/v1/runs/" + id + "/stream"), page)
                .join();
        return page;
    }

    /** The browser's side of one connection. */
    private static final class Page implements WebSocket.Listener {
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private WebSocket socket;
        private volatile boolean holding;

        void send(String message) {
            socket.sendText(message, true).join();
        }

        /** Reads nothing more until it is released, as a tab that hangs. */
        void hold() {
            holding = true;
        }

        void release() {
            holding = false;
            socket.request(1);
        }

        private void readOn(WebSocket from) {
            if (!holding) {
                from.request(1);
            }
        }

        void close() {
            socket.sendClose(1000, "").join();
        }

        JsonNode text() {
            return json(next(texts, each -> true));
        }

        /** The next frame of a type; those of other types before it are passed over. */
        byte[] frame(int type) {
            return next(frames, each -> each[0] == type);
        }

        private static <T> T next(LinkedBlockingQueue<T> queue, Predicate<T> wanted) {
            try {
                for (T each = queue.poll(20, TimeUnit.SECONDS); each != null; each = queue.poll(20, TimeUnit.SECONDS)) {
                    if (wanted.test(each)) {
                        return each;
                    }
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new AssertionError("nothing came");
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                texts.add(text.toString());
                text.setLength(0);
            }
            readOn(from);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            var part = new byte[data.remaining()];
            data.get(part);
            bytes.writeBytes(part);
            if (last) {
                frames.add(bytes.toByteArray());
                bytes.reset();
            }
            readOn(from);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
