package io.stapscope.capture.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservedServerTest {
    private static final Map<String, String> OWN = Map.of(
            "quarkus.datasource.reactive.url", "postgresql://127.0.0.1:5433/stapscope",
            "quarkus.datasource.username", "stapscope",
            "quarkus.datasource.password", "s3cret");

    @Test
    void withoutAUrlThereIsNone() {
        assertThat(ObservedServer.of(TestBackends.settings(null, null, null), OWN::get))
                .isNull();
        assertThat(ObservedServer.of(TestBackends.settings(" ", null, null), OWN::get))
                .isNull();
    }

    @Test
    void aUrlUserAndPasswordAreTaken() {
        var server =
                ObservedServer.of(TestBackends.settings("postgresql://ann@db.example:6000/shop", null, "pw"), OWN::get);

        assertThat(server.name()).isEqualTo("db.example:6000/shop");
        assertThat(server.options().getUser()).isEqualTo("ann");
        assertThat(server.options().getPassword()).isEqualTo("pw");
        assertThat(server.options().getProperties()).containsEntry("default_transaction_read_only", "on");
    }

    @Test
    void aSocketIsTaken() {
        var server = ObservedServer.of(
                TestBackends.settings("postgresql:///shop?host=/run/postgresql&user=ann", "bob", null), OWN::get);

        assertThat(server.name()).isEqualTo("/run/postgresql:5432/shop");
        assertThat(server.options().getUser()).isEqualTo("bob");
    }

    @Test
    void ownIsTheServerOfTheCaptures() {
        var server = ObservedServer.of(TestBackends.settings("own", null, null), OWN::get);

        assertThat(server.name()).isEqualTo("127.0.0.1:5433/stapscope");
        assertThat(server.options().getUser()).isEqualTo("stapscope");
        assertThat(server.options().getPassword()).isEqualTo("s3cret");
    }

    @Test
    void aUrlThatCannotBeReadIsNotRepeated() {
        assertThatThrownBy(() ->
                        ObservedServer.of(TestBackends.settings("postgresql://a:s3cret@[/x", null, null), OWN::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "stapscope.postgresql.url cannot be read; it should be postgresql://USER@HOST:PORT/DATABASE")
                .hasNoCause();
    }
}
