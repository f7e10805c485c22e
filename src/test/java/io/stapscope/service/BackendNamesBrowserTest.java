package io.stapscope.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * PostgreSQL on PostgreSQL: the processes of a server that is traced are called what it calls them, on the live page, in the
 * capture, in what is exported and found. Their counts stay exact, and no value of a query is anywhere.
 */
@Timeout(180)
class BackendNamesBrowserTest {
    private static final String PASSWORD = "annspw";
    private static final String SECRET = "hunter2";
    private static final int QUERIES = 300;
    private static final int HOSTILE_QUERIES = 20;

    /** A user's name is text from outside, too. */
    private static final String HOSTILE = "<img src=x onerror='hacked=1'>";

    private static final String SHAPE = "select ?, count(*) from pg_class where relname in (?)";
    private static final String QUERY =
            "select 'hunter2', count(*) /* hunter2 */ from pg_class\n where relname in ('hunter2', 'b', 'c')";

    /** A backend answers each simple query with one sendto. */
    private static final String SCRIPT = """
            global answers
            probe process("PATH").syscall { if ($syscall == 44) answers[pid(), $syscall] <<< 1 }
            """;

    @Test
    void backendsAreCalledWhatPostgresqlCallsThem() throws SQLException {
        Browser.executable();
        try (var server = PostgresServer.startEmbedded()) {
            prepare(server);
            var environment = Map.of(
                    "STAPSCOPE_POSTGRESQL_URL", server.serviceUrl(),
                    "STAPSCOPE_POSTGRESQL_USER", "stapscope",
                    "STAPSCOPE_POSTGRESQL_PASSWORD", server.password());
            try (var service = RunningService.start(RunningService.newStateDirectory(), environment);
                    var browser = Browser.start(service);
                    var ann = server.connect("shop", "ann", PASSWORD);
                    var hostile = server.connect("shop", HOSTILE, PASSWORD)) {
                var page = browser.open("/");
                assertDoctor(browser.get(page, "/api/v1/doctor"), server);
                watch(browser, page, service, server, ann, hostile);
                browser.assertNoErrors();
            }
        }
    }

    private static void prepare(PostgresServer server) throws SQLException {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("create role ann login password '" + PASSWORD + "'");
            statement.execute("create role \"" + HOSTILE + "\" login password '" + PASSWORD + "'");
            statement.execute("create database shop");
        }
    }

    private static void assertDoctor(JsonObject report, PostgresServer server) {
        var check = report.getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("id").equals("backend_names"))
                .findFirst()
                .orElseThrow();
        assertThat(check.getString("verdict")).isEqualTo("works");
        assertThat(check.getString("found")).matches("127\\.0\\.0\\.1:" + server.port() + "/\\w+ names \\d+ processes");
        assertThat(report.encode()).doesNotContain(server.password());
    }

    private static void watch(
            Browser browser,
            Page page,
            RunningService service,
            PostgresServer server,
            Connection ann,
            Connection hostile)
            throws SQLException {
        int annPid = PostgresServer.backendOf(ann);
        int hostilePid = PostgresServer.backendOf(hostile);
        var annLabel = annPid + " postgres · client backend · shop · ann";
        Browser.paste(page, SCRIPT.replace("PATH", server.program().toString()));
        page.getByTestId("run-button").click();
        page.locator(".badge.on").first().waitFor();
        repeat(ann, QUERY, QUERIES);
        repeat(hostile, "select 1", HOSTILE_QUERIES);

        page.getByTestId("facet-pid").click();
        var row = row(page, annPid);
        Browser.await(row, annLabel);
        Browser.await(row.getByTestId("key-note"), SHAPE);
        Browser.await(row.locator("td.count"), String.valueOf(QUERIES));
        Browser.await(row(page, hostilePid), hostilePid + " postgres · client backend · shop · " + HOSTILE);
        assertHarmless(page);

        repeat(ann, "select now() at time zone 'utc'", 7);
        Browser.await(row.getByTestId("key-note"), "select now() at time zone ?");
        Browser.await(row.locator("td.count"), String.valueOf(QUERIES + 7));
        Browser.picture(page, "backend-names");
        row.locator("button.row").click(new Locator.ClickOptions().setPosition(12, 8));
        Browser.await(page.getByTestId("choice"), annLabel);
        page.getByTestId("facet-full").click();
        Browser.await(row(page, annPid), annLabel + " · sendto");
        assertHarmless(page);
        Browser.picture(page, "backend-names-all-keys");

        var id = Browser.stop(page);
        var stored = browser.get(page, "/api/v1/captures/" + id + "/series?agg=0&facet=pid&limit=100");
        assertStored(stored, annPid, annLabel, QUERIES + 7L);
        assertThat(stored.encode()).doesNotContain(SECRET);
        var csv = page.context()
                .request()
                .get(service.address() + "/api/v1/captures/" + id + "/export?what=series&format=csv&agg=0&facet=pid");
        assertThat(csv.text())
                .contains(annLabel + " · select now() at time zone ?")
                .doesNotContain(SECRET);
        assertThat(browser.get(page, "/api/v1/captures?key=ann").encode()).contains(id);

        page.navigate(service.address() + "/captures/" + id);
        page.getByTestId("facet-pid").first().click();
        Browser.await(row(page, annPid), annLabel);
        Browser.await(row(page, annPid).getByTestId("key-note"), "select now() at time zone ?");
        Browser.await(row(page, hostilePid), HOSTILE);
        assertHarmless(page);
    }

    private static Locator row(Page page, int pid) {
        return page.locator(
                "[data-testid=top-table] tbody tr", new Page.LocatorOptions().setHasText(pid + " postgres"));
    }

    private static void assertStored(JsonObject answer, int pid, String label, long count) {
        var found = answer.getJsonArray("series").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getJsonArray("keys").getJsonObject(0).getInteger("value") == pid)
                .toList();
        assertThat(found).singleElement().satisfies(series -> {
            assertThat(series.getLong("count")).isEqualTo(count);
            assertThat(series.getJsonArray("keys").getJsonObject(0).getString("label"))
                    .isEqualTo(label);
            assertThat(series.getJsonArray("keys").getJsonObject(0).getString("note"))
                    .isEqualTo("select now() at time zone ?");
        });
    }

    private static void repeat(Connection connection, String query, int times) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (int i = 0; i < times; i++) {
                statement.execute(query);
            }
        }
    }

    private static void assertHarmless(Page page) {
        assertThat(page.evaluate("() => window.hacked ?? null")).isNull();
        assertThat(page.locator("img").count()).isZero();
        assertThat(page.locator("main").textContent()).doesNotContain(SECRET);
    }
}
