package io.stapscope.capture.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunBackendsTest {
    private Sighting latest = Sighting.NONE;
    private final RunBackends backends = new RunBackends(() -> latest);

    @Test
    void aBackendIsNamedWhenItIsSeenAndToldOnce() {
        assertThat(backends.of(7)).isNull();
        assertThat(backends.changed()).isEmpty();

        latest = seen(7, 100, "client backend · db · ann", "select ?");

        assertThat(backends.changed()).containsExactly(7);
        assertThat(backends.of(7)).isEqualTo(new RunBackends.Words("client backend · db · ann", "select ?"));
        assertThat(backends.changed()).isEmpty();

        latest = seen(7, 100, "client backend · db · ann", "select ?");
        assertThat(backends.changed()).as("the same words").isEmpty();
        latest = seen(7, 100, "client backend · db · ann", "update t");
        assertThat(backends.changed()).containsExactly(7);
    }

    @Test
    void whoIsNotAKeyIsNotTold() {
        latest = seen(7, 100, "checkpointer", null);

        assertThat(backends.changed()).isEmpty();
        assertThat(backends.of(8)).isNull();
    }

    @Test
    void whatHasEndedKeepsItsWordsAndItsLastQuery() {
        latest = seen(7, 100, "client backend · db · ann", "select ?");
        var words = backends.of(7);
        latest = seen(7, 100, "client backend · db · ann", null);
        assertThat(backends.of(7)).as("between two queries").isEqualTo(words);

        latest = Sighting.NONE;

        assertThat(backends.of(7)).isEqualTo(words);
    }

    @Test
    void aPidThatIsGivenAgainNamesAllItsProcessesAndTheQueryOfTheLatest() {
        latest = seen(7, 100, "client backend · db · ann", "select ?");
        assertThat(backends.of(7)).isNotNull();

        latest = seen(7, 200, "client backend · db · bob", null);
        assertThat(backends.of(7))
                .as("not ann's query")
                .isEqualTo(new RunBackends.Words("client backend · db · ann; client backend · db · bob", null));

        latest = seen(7, 300, "client backend · db · bob", "insert into t");
        assertThat(backends.of(7))
                .isEqualTo(
                        new RunBackends.Words("client backend · db · ann; client backend · db · bob", "insert into t"));
    }

    private static Sighting seen(int pid, long started, String words, String query) {
        return new Sighting(Map.of(pid, new Backend(pid, started, words, query)));
    }
}
