package io.stapscope.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stapscope.pipeline.Facet;
import io.stapscope.pipeline.Key;
import io.stapscope.pipeline.KeyKind;
import io.stapscope.pipeline.LiveMessage;
import io.stapscope.pipeline.LiveSeries;
import io.stapscope.pipeline.LogLine;
import io.stapscope.pipeline.LossReport;
import io.stapscope.pipeline.SeriesDelta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples were made by another program; the browser's tests read them too. */
class FrameEncoderTest {
    private static final Path SAMPLES = Path.of("src/test/resources/protocol");
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Path> samples() throws IOException {
        return Files.list(SAMPLES)
                .filter(file -> file.toString().endsWith(".json"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsEncodedToItsBytes(Path sample) throws IOException {
        var pair = JSON.readTree(sample.toFile());

        var frame = FrameEncoder.encode(message(pair.get("decoded")));

        assertThat(HexFormat.of().formatHex(frame)).isEqualTo(pair.get("hex").asText());
    }

    @Test
    void everyKindOfFrameHasASample() throws IOException {
        var kinds = new ArrayList<String>();
        for (var sample : samples().toList()) {
            kinds.add(JSON.readTree(sample.toFile()).get("decoded").get("type").asText());
        }
        assertThat(kinds).contains("dict", "snapshot", "delta", "stats", "log", "event", "coalesced");
    }

    @Test
    void numbersKeepAll64Bits() {
        var bytes = new FrameBytes()
                .unsigned(-1)
                .signed(Long.MIN_VALUE)
                .signed(-1)
                .u32(0xffff_fffeL)
                .toBytes();

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("ffffffffffffffffff01" + "ffffffffffffffffff01" + "01" + "feffffff");
    }

    private static LiveMessage message(JsonNode decoded) {
        int agg = decoded.get("agg").asInt();
        long seq = decoded.get("seq").asLong();
        return switch (decoded.get("type").asText()) {
            case "dict" ->
                new LiveMessage.Dictionary(
                        agg,
                        seq,
                        each(
                                decoded.get("series"),
                                node -> new LiveMessage.Told(
                                        series(agg, node), node.get("count").asLong())),
                        decoded.get("of").asInt());
            case "snapshot" ->
                new LiveMessage.Snapshot(
                        agg,
                        seq,
                        each(
                                decoded.get("columns"),
                                node -> column(
                                        node,
                                        node.get("seq").asLong(),
                                        node.get("flags").asInt())),
                        each(
                                decoded.get("totals"),
                                node -> new LiveMessage.SeriesTotal(
                                        node.get("id").asInt(),
                                        node.get("count").asLong())));
            case "delta" ->
                new LiveMessage.Delta(
                        agg, column(decoded, seq, decoded.get("flags").asInt()));
            case "coalesced" ->
                new LiveMessage.Coalesced(
                        agg,
                        decoded.get("firstSeq").asLong(),
                        column(decoded, seq, decoded.get("flags").asInt()));
            case "stats" -> new LiveMessage.Stats(seq, decoded.get("t").asLong(), losses(decoded));
            case "log" ->
                new LiveMessage.Log(
                        seq,
                        each(decoded.get("lines"), FrameEncoderTest::line),
                        decoded.get("dropped").asLong());
            case "event" ->
                new LiveMessage.Event(
                        seq,
                        decoded.get("t").asLong(),
                        decoded.get("kind").asText(),
                        decoded.get("text").asText(),
                        decoded.get("state").asText());
            default -> throw new IllegalArgumentException(decoded.toString());
        };
    }

    private static LiveSeries series(int agg, JsonNode node) {
        return new LiveSeries(
                agg,
                node.get("id").asInt(),
                Facet.valueOf(node.get("facet").asText().toUpperCase(Locale.ROOT)),
                each(node.get("keys"), FrameEncoderTest::key));
    }

    private static Key key(JsonNode node) {
        var value = node.get("value");
        return new Key(
                KeyKind.valueOf(node.get("kind").asText().toUpperCase(Locale.ROOT)),
                value.isNumber() ? (Object) value.asLong() : value.asText(),
                node.get("label").asText(),
                node.has("note") ? node.get("note").asText() : null);
    }

    private static LiveMessage.Column column(JsonNode node, long seq, int flags) {
        return new LiveMessage.Column(
                seq,
                node.get("startMillis").asLong(),
                node.get("lengthMillis").asLong(),
                each(node.get("series"), FrameEncoderTest::delta),
                (flags & 1) != 0,
                (flags & 2) != 0,
                (flags & 4) != 0);
    }

    private static SeriesDelta delta(JsonNode node) {
        var pairs = each(node.get("buckets"), pair -> pair);
        return new SeriesDelta(
                node.get("id").asInt(),
                Long.parseLong(node.get("count").asText()),
                0,
                0,
                0,
                pairs.stream().mapToInt(pair -> pair.get(0).asInt()).toArray(),
                pairs.stream().mapToLong(pair -> pair.get(1).asLong()).toArray());
    }

    private static LogLine line(JsonNode node) {
        return new LogLine(
                node.get("seq").asLong(),
                node.get("t").asLong(),
                node.get("stream").asText().equals("err"),
                node.get("text").asText());
    }

    private static LossReport losses(JsonNode node) {
        return JSON.convertValue(
                ((com.fasterxml.jackson.databind.node.ObjectNode) node.deepCopy())
                        .retain(Stream.of(LossReport.class.getRecordComponents())
                                .map(java.lang.reflect.RecordComponent::getName)
                                .toList()),
                LossReport.class);
    }

    private static <T> List<T> each(JsonNode array, java.util.function.Function<JsonNode, T> read) {
        var all = new ArrayList<T>();
        array.forEach(node -> all.add(read.apply(node)));
        return all;
    }
}
