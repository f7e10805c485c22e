package io.stapscope.capture.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stapscope.capture.backend.LocalServer.LocalProcess;
import io.stapscope.capture.backend.LocalServer.NotHereException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalServerTest {
    private static final long STARTED = 1_790_000_000_000_000L;

    private final Map<Integer, LocalProcess> processes = new HashMap<>(Map.of(
            50, new LocalProcess("postgres", 40, STARTED + 7_000),
            51, new LocalProcess("postgres", 40, STARTED),
            52, new LocalProcess("postgres", 41, STARTED),
            53, new LocalProcess("bash", 1, STARTED)));

    @Test
    void onlyChildrenOfThePostmasterThatServesUsAreItsOwn() throws NotHereException {
        var local = LocalServer.of(processes::get, 50, STARTED);

        assertThat(local.postmaster()).isEqualTo(40);
        assertThat(local.owns(50, STARTED)).isTrue();
        assertThat(local.owns(51, 5)).isTrue();
        assertThat(local.owns(52, 5)).as("another server's").isFalse();
        assertThat(local.owns(53, 5)).as("a shell").isFalse();
        assertThat(local.owns(99, 5)).as("nobody").isFalse();
    }

    @Test
    void aPidThatIsGivenAgainIsLookedAtAgain() throws NotHereException {
        var local = LocalServer.of(processes::get, 50, STARTED);
        assertThat(local.owns(51, 5)).isTrue();

        processes.put(51, new LocalProcess("bash", 1, STARTED));

        assertThat(local.owns(51, 5)).as("told with the same start: known").isTrue();
        assertThat(local.owns(51, 6)).isFalse();
        assertThat(local.owns(51, 5)).isFalse();
    }

    @Test
    void aServerElsewhereIsRefusedInASentence() {
        assertThatThrownBy(() -> LocalServer.of(processes::get, 99, STARTED))
                .isInstanceOf(NotHereException.class)
                .hasMessage("its process 99 is not one of this machine");
        assertThatThrownBy(() -> LocalServer.of(processes::get, 53, STARTED))
                .hasMessage("its process 53 is called something else on this machine");
        assertThatThrownBy(() -> LocalServer.of(processes::get, 50, STARTED - 60_000_000))
                .hasMessage("its process 50 began at another time than the one of this machine");
    }
}
