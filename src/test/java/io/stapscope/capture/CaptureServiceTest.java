package io.stapscope.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.stapscope.capture.backend.TestBackends;
import io.stapscope.history.CaptureState;
import io.stapscope.pipeline.Facet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CaptureServiceTest {
    private static final String SCRIPT = """
            # reads by process
            global latency
            probe process.syscall.return { latency[pid(), $syscall] <<< 1 }
            """;

    private final FakeTracer tracer = new FakeTracer();
    private final FakeHistory history = new FakeHistory();
    private final TestHost host = new TestHost();
    private final Settings settings = new Settings();

    private final CaptureService service = new CaptureService(
            new Scripts(host),
            host,
            tracer,
            new TestProcesses(),
            history,
            settings,
            new Machine(host),
            new Replays(),
            TestBackends.off());

    @Test
    void whatTheTracerCountsIsLiveAndStored() {
        var capture = started(request(SCRIPT));
        tracer.last().print("hello\nwor");
        tracer.last().tick(5);
        tracer.last().tick(7);
        tracer.last().print("ld");
        service.stop(capture.id(), "stopped");
        capture.ended().join();

        var stored = history.captures.getFirst();
        assertThat(stored.start.name()).isEqualTo("reads by process");
        assertThat(stored.start.id()).isEqualTo(capture.id());
        assertThat(stored.lines)
                .extracting(line -> line.seq() + " " + line.text())
                .containsExactly("1 hello", "2 world");
        assertThat(stored.windows).hasSize(2);
        var second = stored.windows.getLast();
        assertThat(second.number()).isEqualTo(1);
        assertThat(second.lengthMillis()).isEqualTo(1000);
        assertThat(second.deltas())
                .filteredOn(delta -> delta.series() == 0)
                .singleElement()
                .satisfies(total -> assertThat(total.count()).isEqualTo(21));
        assertThat(stored.windows.getFirst().opened())
                .flatExtracting(series -> series.keys())
                .extracting(key -> key.label())
                .contains("4711 postgres", "read", "4712 <img\\xff\\x1b>", "write");
        assertThat(stored.end).isNotNull();
        assertThat(stored.end.reason()).isEqualTo("stopped");
        assertThat(capture.view().state()).isEqualTo(CaptureState.STOPPED);
        assertThat(capture.view().losses().hits()).isEqualTo(36);
    }

    @Test
    void aCaptureNobodyWatchesEndsWithItsLease() {
        var capture = started(request(SCRIPT));
        var subscription = capture.hub().subscribe(Facet.TOTAL, OptionalLong.empty());

        service.endAbandoned(System.nanoTime() + Duration.ofSeconds(100).toNanos());
        assertThat(tracer.attached()).as("watched").hasSize(1);

        subscription.cancel();
        service.endAbandoned(System.nanoTime() + Duration.ofSeconds(200).toNanos());
        capture.ended().join();
        assertThat(tracer.attached()).isEmpty();
        assertThat(capture.view().stopReason()).isEqualTo("nobody watched for 30 s");
    }

    @Test
    void aPersistentCaptureGoesOnUnwatched() {
        started(new StartRequest("me", SCRIPT, "", List.of(), 0, null, null, Duration.ofSeconds(1), true));

        service.endAbandoned(System.nanoTime() + Duration.ofHours(5).toNanos());

        assertThat(tracer.attached()).hasSize(1);
    }

    @Test
    void aCaptureOverItsBudgetIsStoppedWhenThatIsNoBurst() {
        var capture =
                started(new StartRequest("me", SCRIPT, "", List.of(), 0, null, null, Duration.ofSeconds(1), true, 2.5));
        var run = tracer.last();

        // A hit takes 100 ns: 300,000 of them in a second are 3 % of a CPU.
        run.tick(100_000);
        run.tick(100_000);
        run.tick(10);
        run.tick(100_000);
        run.tick(100_000);
        assertThat(tracer.attached()).hasSize(1);
        run.tick(100_000);

        capture.ended().join();
        assertThat(capture.view().stopReason())
                .isEqualTo("over its budget: 3.0 % of a CPU for 3 windows in a row, the budget is 2.5 %");
    }

    @Test
    void moreThanTheAllowedNumberIsRefusedUntilOneEnds() {
        settings.mostPerUser = 2;
        var first = started(request(SCRIPT));
        started(request(SCRIPT));

        assertThat(refusal(request(SCRIPT)).reason()).isEqualTo(StartOutcome.Reason.TOO_MANY_CAPTURES);

        service.stop(first.id(), "stopped");
        first.ended().join();
        started(request(SCRIPT));
    }

    @Test
    void commandsAreRefusedUnlessAllowed() {
        var request = new StartRequest("me", SCRIPT, "", List.of(), 0, "ls", null, Duration.ofSeconds(1), false);
        assertThat(refusal(request).reason()).isEqualTo(StartOutcome.Reason.COMMAND_NOT_ALLOWED);

        settings.commands = true;

        started(request);
        assertThat(tracer.last().options.command()).isEqualTo("ls");
    }

    @Test
    void limitsOfARequestAreNamed() {
        assertThat(refusal(request("#".repeat(70_000))).reason()).isEqualTo(StartOutcome.Reason.SCRIPT_TOO_LARGE);
        assertThat(refusal(with(999_999_999, null, 1000)).reason()).isEqualTo(StartOutcome.Reason.NO_SUCH_PROCESS);
        assertThat(refusal(with(0, Duration.ofDays(30), 1000)).message()).contains("86400");
        assertThat(refusal(with(0, null, 50)).reason()).isEqualTo(StartOutcome.Reason.BAD_REQUEST);
    }

    @Test
    void aScriptTheKernelRefusesLeavesNoCapture() {
        var refused = refusal(request(SCRIPT + "# refused by the kernel\n"));

        assertThat(refused.reason()).isEqualTo(StartOutcome.Reason.KERNEL_REFUSED);
        assertThat(refused.args()).containsEntry("kernelLog", "R0 !read_ok");
        assertThat(history.captures).isEmpty();
        assertThat(service.running()).isEmpty();
    }

    @Test
    void nothingStaysAttachedWhenTheServiceStops() {
        started(request(SCRIPT));
        started(request(SCRIPT));

        service.end(new ShutdownEvent());

        assertThat(tracer.attached()).isEmpty();
        assertThat(history.captures).allSatisfy(stored -> assertThat(stored.end).isNotNull());
    }

    private Capture started(StartRequest request) {
        var outcome = service.start(request);
        assertThat(outcome).isInstanceOf(StartOutcome.Started.class);
        return ((StartOutcome.Started) outcome).capture();
    }

    private StartOutcome.Refused refusal(StartRequest request) {
        var outcome = service.start(request);
        assertThat(outcome).isInstanceOf(StartOutcome.Refused.class);
        return (StartOutcome.Refused) outcome;
    }

    private static StartRequest request(String script) {
        return new StartRequest("me", script, "", List.of(), 0, null, null, Duration.ofSeconds(1), false);
    }

    private static StartRequest with(int pid, @Nullable Duration duration, long intervalMillis) {
        return new StartRequest(
                "me", SCRIPT, "", List.of(), pid, null, duration, Duration.ofMillis(intervalMillis), false);
    }

    private static final class Settings implements CaptureSettings {
        int mostPerUser = 8;
        boolean commands;

        @Override
        public boolean allowTargetCommand() {
            return commands;
        }

        @Override
        public Duration lease() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration maxDuration() {
            return Duration.ofDays(1);
        }

        @Override
        public int maxCapturesPerUser() {
            return mostPerUser;
        }

        @Override
        public int maxCaptures() {
            return 32;
        }

        @Override
        public int maxScriptBytes() {
            return 65_536;
        }

        @Override
        public Optional<Set<Integer>> excludedParents() {
            return Optional.empty();
        }

        @Override
        public Optional<String> stateDirectory() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> allowedHosts() {
            return Optional.empty();
        }
    }
}
