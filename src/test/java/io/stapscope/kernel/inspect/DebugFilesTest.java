package io.stapscope.kernel.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.stapscope.debuginfo.elf.ElfBuilder;
import io.stapscope.debuginfo.elf.ElfFile;
import io.stapscope.debuginfo.elf.ElfSection;
import io.stapscope.kernel.inspect.DebugFiles.Lookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DebugFilesTest {
    private static final String ID = "abcdef0123";

    @TempDir
    private Path directory;

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private Path program;

    @BeforeEach
    void start() throws IOException {
        program = directory.resolve("bin/shop");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/buildid/" + ID + "/debuginfo", exchange -> {
            requests.incrementAndGet();
            var file = elf(ID, null);
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        server.createContext("/slow/", exchange -> {
            try {
                end.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    private static byte[] elf(String buildId, ElfBuilder.Bytes link) {
        var builder = ElfBuilder.wide();
        builder.section(
                ".note.gnu.build-id",
                ElfSection.NOTES,
                builder.bytes().note("GNU", 3, HexFormat.of().parseHex(buildId)));
        if (link != null) {
            builder.section(".gnu_debuglink", 1, link);
        }
        return builder.build().array();
    }

    private static ElfBuilder.Bytes link(String name, byte[] target) {
        var checksum = new CRC32();
        checksum.update(target);
        return ElfBuilder.wide().bytes().text(name).align(4).u32((int) checksum.getValue());
    }

    private Path write(String path, byte[] content) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private DebugFiles files(DebugServers servers) {
        return new DebugFiles(directory.resolve("debug"), directory.resolve("cache"), servers, "install it");
    }

    private Lookup find(DebugServers servers) throws IOException {
        return files(servers).find(program, ElfFile.read(FileBytes.of(program)));
    }

    private DebugServers servers(String path, int seconds, long most) {
        var address = "http://127.0.0.1:" + server.getAddress().getPort() + path;
        return new DebugServers(
                List.of(URI.create(address)), directory.resolve("kept"), Duration.ofSeconds(seconds), most);
    }

    private static DebugServers nobody() {
        return DebugServers.of(Map.of(), Path.of("/nowhere"));
    }

    @Test
    void a_program_that_was_not_stripped_has_its_own() throws IOException {
        var builder = ElfBuilder.wide();
        builder.section(".debug_info", 1, builder.bytes().u32(1));
        write("bin/shop", builder.build().array());
        assertThat(find(nobody())).isEqualTo(new Lookup.Found(program));
    }

    @Test
    void a_file_is_found_by_the_build_id() throws IOException {
        write("bin/shop", elf(ID, null));
        var file = write("debug/.build-id/ab/cdef0123.debug", elf(ID, null));
        assertThat(find(nobody())).isEqualTo(new Lookup.Found(file));
    }

    @Test
    void what_another_program_got_from_a_server_is_found() throws IOException {
        write("bin/shop", elf(ID, null));
        var file = write("cache/" + ID + "/debuginfo", elf(ID, null));
        assertThat(find(nobody())).isEqualTo(new Lookup.Found(file));
    }

    @Test
    void a_file_of_another_build_is_not_taken_and_told() throws IOException {
        write("bin/shop", elf(ID, null));
        var other = write("debug/.build-id/ab/cdef0123.debug", elf("00112233", null));
        assertThat(find(nobody()))
                .isEqualTo(new Lookup.Missing(
                        "no debug information: not at " + other + " (of another build); install it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/shop.debug", "bin/.debug/shop.debug", "debug%s/shop.debug"})
    void a_file_is_found_by_the_link_where_debuggers_look_for_it(String place) throws IOException {
        var debug = elf(ID, null);
        write("bin/shop", elf("00112233", link("shop.debug", debug)));
        var file = write(place.formatted(program.getParent()), debug);
        assertThat(find(nobody())).isEqualTo(new Lookup.Found(file));
    }

    @Test
    void a_linked_file_with_another_checksum_is_not_taken() throws IOException {
        write("bin/shop", elf("00112233", link("shop.debug", new byte[] {1})));
        var file = write("bin/shop.debug", elf(ID, null));
        assertThat(find(nobody())).isInstanceOfSatisfying(Lookup.Missing.class, missing -> assertThat(missing.reason())
                .contains(file + " (of another build)")
                .endsWith("; install it"));
    }

    @Test
    void the_shared_part_is_found_beside_or_by_its_build_id() throws IOException {
        var builder = ElfBuilder.wide();
        var link = builder.bytes().text("../dwz/shop").raw(HexFormat.of().parseHex(ID));
        var elf = ElfFile.read(builder.section(".gnu_debugaltlink", 1, link).build());
        var files = files(nobody());
        assertThat(files.shared(program, elf)).get().isInstanceOf(Lookup.Missing.class);
        var installed = write("debug/.build-id/ab/cdef0123.debug", elf(ID, null));
        assertThat(files.shared(program, elf)).contains(new Lookup.Found(installed));
        var beside = write("dwz/shop", elf(ID, null));
        assertThat(files.shared(program, elf)).contains(new Lookup.Found(beside));
    }

    @Test
    void a_server_is_asked_once_for_a_build() throws IOException {
        write("bin/shop", elf(ID, null));
        var servers = servers("/", 10, 1 << 20);
        var kept = new Lookup.Found(directory.resolve("kept/" + ID + ".debug"));
        assertThat(find(servers)).isEqualTo(kept);
        assertThat(find(servers)).isEqualTo(kept);
        assertThat(requests).hasValue(1);
    }

    @Test
    void a_server_that_has_nothing_is_a_remark() throws IOException {
        write("bin/shop", elf("00112233", null));
        assertThat(find(servers("/", 10, 1 << 20)))
                .isInstanceOfSatisfying(Lookup.Missing.class, missing -> assertThat(missing.reason())
                        .contains("127.0.0.1 (has none of this build)"));
    }

    @ParameterizedTest
    @CsvSource({"/,10,50,more than 50 bytes", "/slow/,1,1000000,no answer within 1 s"})
    void a_file_too_large_and_an_answer_too_slow_are_given_up(String path, int seconds, long most, String reason)
            throws IOException {
        write("bin/shop", elf(ID, null));
        assertThat(find(servers(path, seconds, most)))
                .isInstanceOfSatisfying(Lookup.Missing.class, missing -> assertThat(missing.reason())
                        .contains("127.0.0.1 (" + reason + ")"));
        assertThat(directory.resolve("kept")).isEmptyDirectory();
    }

    @Test
    void without_a_variable_nobody_is_asked() {
        assertThat(nobody().fetch(ID)).isEqualTo(new Lookup.Missing(""));
        var bad = DebugServers.of(Map.of("DEBUGINFOD_URLS", "ftp://x file:///y nonsense"), Path.of("/nowhere"));
        assertThat(bad.fetch(ID)).isEqualTo(new Lookup.Missing(""));
    }

    @Test
    void the_advice_is_that_of_the_distribution() {
        assertThat(DebugPackages.adviceOf("ID=debian\n")).contains("-dbgsym");
        assertThat(DebugPackages.adviceOf("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"))
                .contains("dnf debuginfo-install");
        assertThat(DebugPackages.adviceOf("")).contains("DEBUGINFOD_URLS");
    }
}
