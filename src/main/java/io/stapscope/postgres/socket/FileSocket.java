package io.stapscope.postgres.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A channel to a socket file in the form of {@link Socket}: as much of it as the JDBC driver uses. One thread reads, one
 * writes, and closing ends both. What only TCP has is taken and means nothing.
 */
final class FileSocket extends Socket {
    private final Path file;
    private volatile @Nullable Wire wire;
    private volatile boolean closed;
    private volatile int timeoutMillis;

    FileSocket(Path file) {
        this.file = file;
    }

    /** @param reading to wait for bytes no longer than the time-out; the channel itself does not block */
    private record Wire(SocketChannel channel, Selector reading, Selector writing) {}

    @Override
    public void connect(@Nullable SocketAddress endpoint) throws IOException {
        connect(endpoint, 0);
    }

    /** The file is what is connected to, at once: there is nothing to wait for. */
    @Override
    public void connect(@Nullable SocketAddress endpoint, int timeout) throws IOException {
        try {
            var channel = SocketChannel.open(UnixDomainSocketAddress.of(file));
            channel.configureBlocking(false);
            var connected = new Wire(channel, Selector.open(), Selector.open());
            channel.register(connected.reading, SelectionKey.OP_READ);
            channel.register(connected.writing, SelectionKey.OP_WRITE);
            wire = connected;
        } catch (IOException e) {
            throw new SocketException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        var open = open();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                var room = ByteBuffer.wrap(bytes, offset, length);
                int got = open.channel.read(room);
                while (got == 0 && length > 0) {
                    if (await(open.reading, timeoutMillis) == 0) {
                        throw new SocketTimeoutException("Read timed out");
                    }
                    got = open.channel.read(room);
                }
                return got;
            }

            @Override
            public void close() throws IOException {
                FileSocket.this.close();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        var open = open();
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                var left = ByteBuffer.wrap(bytes, offset, length);
                while (left.hasRemaining()) {
                    if (open.channel.write(left) == 0) {
                        await(open.writing, 0);
                    }
                }
            }

            @Override
            public void close() throws IOException {
                FileSocket.this.close();
            }
        };
    }

    private Wire open() throws SocketException {
        var open = wire;
        if (open == null || closed) {
            throw new SocketException(open == null ? "Socket is not connected" : "Socket is closed");
        }
        return open;
    }

    /** How many channels are ready: none when the time is over. @param millis 0 for as long as it takes */
    private static int await(Selector selector, int millis) throws IOException {
        try {
            selector.selectedKeys().clear();
            int ready = selector.select(millis);
            if (!selector.isOpen()) {
                throw new SocketException("Socket closed");
            }
            return ready;
        } catch (ClosedSelectorException e) {
            throw new SocketException("Socket closed", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        var open = wire;
        if (open != null) {
            open.reading.close();
            open.writing.close();
            open.channel.close();
        }
    }

    @Override
    public boolean isConnected() {
        return wire != null;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void setSoTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public boolean getTcpNoDelay() {
        return true;
    }

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public boolean getKeepAlive() {
        return false;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
