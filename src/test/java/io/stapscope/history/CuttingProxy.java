package io.stapscope.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a server that breaks: a connection is cut after some bytes of the server's answers, so that nobody knows whether
 * what was asked last was done.
 */
final class CuttingProxy implements AutoCloseable {
    private static final int LONGEST = 4_000;

    private final ServerSocket listener;
    private final int target;
    private final Random random;
    private final AtomicInteger cutsLeft;
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param cuts after so many connections pass through whole */
    CuttingProxy(int target, int cuts, long seed) throws IOException {
        this.target = target;
        this.random = new Random(seed);
        this.cutsLeft = new AtomicInteger(cuts);
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                open.add(client);
                Socket server;
                try {
                    server = new Socket(InetAddress.getByName("127.0.0.1"), target);
                } catch (IOException away) {
                    client.close();
                    continue;
                }
                open.add(server);
                // The first bytes are the greeting: cuts there only delay.
                long most = cutsLeft.get() > 0 ? 300 + random.nextInt(LONGEST) : Long.MAX_VALUE;
                Thread.ofVirtual().start(() -> pump(client, server, Long.MAX_VALUE));
                Thread.ofVirtual().start(() -> pump(server, client, most));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, long most) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[8192];
            long left = most;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                int passed = (int) Math.min(n, left);
                out.write(buffer, 0, passed);
                out.flush();
                left -= passed;
                if (left == 0) {
                    cutsLeft.decrementAndGet();
                    cuts.incrementAndGet();
                    return;
                }
            }
        } catch (IOException closed) {
            // The other direction was cut, or the server went away.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
