package io.stapscope.api.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stapscope.pipeline.Facet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What a page says on the stream of a run. */
sealed interface ClientMessage {
    /** @param kept by aggregate: numbers of series that the page knows and looks at */
    record Hello(OptionalLong resume, Facet facet, Map<Integer, Set<Integer>> kept) implements ClientMessage {}

    record View(Facet facet) implements ClientMessage {}

    /** @param frames of intervals that came so far, -1 when the page does not say */
    record Acknowledge(long seq, long frames) implements ClientMessage {}

    record Pause() implements ClientMessage {}

    /** @param kept as in {@link Hello} */
    record Live(Map<Integer, Set<Integer>> kept) implements ClientMessage {}

    /** Not a message of this protocol. */
    record Unknown() implements ClientMessage {}

    static ClientMessage parse(String text) {
        try {
            var node = Json.MAPPER.readTree(text);
            return switch (node.path("type").asText()) {
                case "hello" -> hello(node);
                case "view" -> new View(facet(node));
                case "ack" ->
                    new Acknowledge(
                            node.path("seq").asLong(), node.path("frames").asLong(-1));
                case "pause" -> new Pause();
                case "live" -> new Live(kept(node));
                default -> new Unknown();
            };
        } catch (JsonProcessingException e) {
            return new Unknown();
        }
    }

    private static ClientMessage hello(JsonNode node) {
        var seq = node.path("resume").path("seq");
        var resume = seq.isIntegralNumber() && seq.asLong() > 0 ? OptionalLong.of(seq.asLong()) : OptionalLong.empty();
        return new Hello(resume, facet(node), kept(node));
    }

    private static Map<Integer, Set<Integer>> kept(JsonNode node) {
        var kept = new HashMap<Integer, Set<Integer>>();
        for (var each : node.path("kept")) {
            kept.computeIfAbsent(each.path("agg").asInt(-1), _ -> new HashSet<>())
                    .add(each.path("series").asInt(-1));
        }
        return kept;
    }

    /** What this server cannot split by is shown as a total. */
    private static Facet facet(JsonNode node) {
        var facet = Facet.ofWord(node.path("facet").asText("total"));
        return facet == null ? Facet.TOTAL : facet;
    }

    /** Keeps the mapper out of the interface's members. */
    final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}
    }
}
