package io.stapscope.api;

import io.stapscope.capture.Capture;
import io.stapscope.capture.CaptureService;
import io.stapscope.history.History;
import io.stapscope.pipeline.LossReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What running captures saw and lost, and what waits for the store, for Prometheus. */
@Path("/api/v1/metrics/accounts")
public class AccountMetricsResource {
    private final CaptureService captures;
    private final History history;

    AccountMetricsResource(CaptureService captures, History history) {
        this.captures = captures;
        this.history = history;
    }

    /** A counter of every running capture. */
    private record Figure(String name, String help, ToLongFunction<LossReport> value) {}

    private static final List<Figure> FIGURES = List.of(
            new Figure("fired", "handlers begun", losses -> losses.accounts().fired()),
            new Figure("hits", "handlers run", LossReport::hits),
            new Figure("skipped_self", "hits of the product's own processes", LossReport::skippedSelf),
            new Figure("skipped_no_entry", "returns whose entry was not seen", LossReport::skippedNoEntry),
            new Figure("updates", "values fed to statistics", losses -> losses.accounts()
                    .updates()),
            new Figure("applied", "values that their series hold", losses -> losses.accounts()
                    .applied()),
            new Figure("events", "records sent or lost", losses -> losses.accounts()
                    .events()),
            new Figure("consumed", "records read", losses -> losses.accounts().consumed()),
            new Figure("malformed", "records that could not be understood", losses -> losses.accounts()
                    .malformed()),
            new Figure("lost_events", "records the ring had no room for", LossReport::lostEvents),
            new Figure("lost_keys", "updates without room for their key", LossReport::lostKeys),
            new Figure("lost_updates", "updates refused for another reason", LossReport::lostUpdates),
            new Figure("recursion_misses", "hits the kernel did not let through", LossReport::recursionMisses),
            new Figure("read_faults", "addresses that could not be read", LossReport::readFaults),
            new Figure("soft_errors", "soft errors raised", LossReport::softErrors));

    @GET
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    @Operation(
            summary = "Counters of running captures and of what waits for the store, in the text format of Prometheus")
    public String scrape() {
        var running = captures.running();
        var text = new StringBuilder();
        for (var figure : FIGURES) {
            head(text, "stapscope_capture_" + figure.name() + "_total", "counter", figure.help());
            for (var capture : running) {
                text.append("stapscope_capture_")
                        .append(figure.name())
                        .append("_total{capture=\"")
                        .append(capture.id())
                        .append("\"} ")
                        .append(figure.value().applyAsLong(losses(capture)))
                        .append('\n');
            }
        }
        store(text);
        return text.toString();
    }

    private static LossReport losses(Capture capture) {
        return capture.view().losses();
    }

    private void store(StringBuilder text) {
        var figures = history.figures();
        one(text, "spilled_total", "counter", "series-minutes and lines put on disk", figures.spilled());
        one(text, "replayed_total", "counter", "of these, given to the database", figures.replayed());
        one(text, "waiting", "gauge", "of these, waiting on disk", figures.waiting());
        one(text, "corrupt_total", "counter", "of these, damaged on disk", figures.corrupt());
        one(text, "given_up_total", "counter", "of these, lines given up for room", figures.givenUp());
        one(text, "refused_total", "counter", "of the replayed ones, refused", figures.refusedReplayed());
        one(text, "spill_bytes", "gauge", "bytes on disk", figures.bytes());
    }

    private static void one(StringBuilder text, String name, String type, String help, long value) {
        head(text, "stapscope_store_" + name, type, help);
        text.append("stapscope_store_").append(name).append(' ').append(value).append('\n');
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }
}
