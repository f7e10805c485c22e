package io.stapscope.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The way between a browser and the service, which can be cut, held up or slowed down. Listens on loopback only. */
final class FaultyLink implements AutoCloseable {
    private static final int PIECE = 4096;
    private static final long NANOS = 1_000_000_000L;

    private final ServerSocket entrance;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile boolean cut;
    private volatile boolean held;
    private volatile long bytesPerSecond;

    FaultyLink() {
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    String address() {
        return "http://127.0.0.1:" + port();
    }

    /** Where new connections go. */
    void lead(int port) {
        target = port;
    }

    /** Ends all connections, and each new one at once. */
    void cut() {
        cut = true;
        open.forEach(FaultyLink::close);
    }

    /** Nothing passes, and nobody is told: a cable that was pulled. */
    void hold() {
        held = true;
    }

    /** To the browser, each connection. */
    void slowDown(long bytes) {
        bytesPerSecond = bytes;
    }

    void mend() {
        cut = false;
        held = false;
        bytesPerSecond = 0;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                var browser = entrance.accept();
                if (cut) {
                    close(browser);
                    continue;
                }
                var service = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(browser);
                open.add(service);
                Thread.ofVirtual().start(() -> pass(browser, service, false));
                Thread.ofVirtual().start(() -> pass(service, browser, true));
            } catch (IOException e) {
                // The service is not there, or the test has ended: the browser finds out.
                LockSupport.parkNanos(NANOS / 100);
            }
        }
    }

    private void pass(Socket from, Socket to, boolean limited) {
        var piece = new byte[PIECE];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                while (held && !cut) {
                    LockSupport.parkNanos(NANOS / 100);
                }
                long limit = bytesPerSecond;
                if (limited && limit > 0) {
                    LockSupport.parkNanos(NANOS * length / limit);
                }
                out.write(piece, 0, length);
            }
        } catch (IOException e) {
            // One side has gone: so has the other, now.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
