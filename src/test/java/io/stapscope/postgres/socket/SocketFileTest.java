package io.stapscope.postgres.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ways to a socket file, against one that sends back what it gets. */
@Timeout(30)
class SocketFileTest {
    @TempDir
    Path directory;

    private SocketFile file;
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        file = new SocketFile(directory, 6543);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(file.path()));
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void serve() {
        try {
            while (true) {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> echo(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void echo(SocketChannel connection) {
        var bytes = ByteBuffer.allocate(8192);
        try (connection) {
            while (connection.read(bytes) >= 0) {
                bytes.flip();
                while (bytes.hasRemaining()) {
                    connection.write(bytes);
                }
                bytes.clear();
            }
        } catch (IOException gone) {
            // The other side is over.
        }
    }

    @Test
    void theDriverOfJdbcWritesAndReadsAsThroughASocket() throws IOException {
        // More than a socket holds: writing waits for who reads.
        var sent = new byte[3_000_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31);
        }
        try (var socket = new SocketFileFactory(file.path().toString()).createSocket()) {
            socket.connect(null, 1000);
            var output = socket.getOutputStream();
            var writing = Thread.ofPlatform().start(() -> {
                try {
                    output.write(sent);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
            assertThat(writing.isAlive() && !join(writing)).isFalse();
        }
    }

    private static boolean join(Thread thread) {
        try {
            return thread.join(java.time.Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatDoesNotComeInTimeIsATimeOutAndMayComeLater() throws IOException {
        try (var socket = new SocketFileFactory(file.path().toString()).createSocket("unused", 1)) {
            socket.setSoTimeout(20);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            socket.getOutputStream().write(7);
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void closingEndsWhoWaits() throws Exception {
        var socket = new SocketFileFactory(file.path().toString()).createSocket("unused", 1);
        var input = socket.getInputStream();
        var failure = new CompletableFuture<Throwable>();
        Thread.ofPlatform().start(() -> {
            try {
                input.read();
                failure.complete(null);
            } catch (Throwable e) {
                failure.complete(e);
            }
        });
        socket.close();

        assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        var missing = directory.resolve("missing");

        assertThatThrownBy(() -> new SocketFileFactory(missing.toString()).createSocket("unused", 1))
                .isInstanceOf(SocketException.class)
                .hasMessage(missing + ": No such file or directory");
    }

    @Test
    void vertxConnectsToIt() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var answer = vertx.createNetClient()
                    .connect(SocketAddress.domainSocketAddress(file.path().toString()))
                    .compose(socket -> {
                        var got = new CompletableFuture<Buffer>();
                        socket.handler(got::complete);
                        return socket.write("hello").map(_ -> got);
                    })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(answer.get(10, TimeUnit.SECONDS).toString()).isEqualTo("hello");
            assertThat(vertx.isNativeTransportEnabled())
                    .as("what the client of PostgreSQL asks")
                    .isTrue();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aUrlWithADirectoryLeadsToItsFileAsTheUserWhoRunsUs() {
        var options = SocketFile.options("postgresql:///shop%20of%20ann?host=/run/postgresql&port=5433");

        assertThat(options.getUser()).isEqualTo(System.getProperty("user.name"));
        assertThat(SocketFile.of(options)).isEqualTo(new SocketFile(Path.of("/run/postgresql"), 5433));
        assertThat(SocketFile.of(options).jdbcUrl(options.getDatabase()))
                .startsWith("jdbc:postgresql://localhost/shop%20of%20ann?")
                .endsWith("&socketFactoryArg=%2Frun%2Fpostgresql%2F.s.PGSQL.5433");
        assertThat(SocketFile.options("postgresql://bob@/shop?host=/run").getUser())
                .isEqualTo("bob");
        assertThat(SocketFile.options("postgresql:///shop?host=/run&user=bob").getUser())
                .isEqualTo("bob");
        assertThat(SocketFile.of(SocketFile.options("postgresql://db.example/shop")))
                .isNull();
    }
}
