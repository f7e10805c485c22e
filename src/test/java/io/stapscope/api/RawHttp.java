package io.stapscope.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says to the server exactly what it is told to, also what no browser would say. */
public final class RawHttp {
    private static final int PATIENCE_MILLIS = 20_000;

    private final int port;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private RawHttp(int port) {
        this.port = port;
    }

    /** As a page of the service itself would ask. */
    public static RawHttp to(int port) {
        return new RawHttp(port).with("Host", "127.0.0.1:" + port).with("Connection", "close");
    }

    public RawHttp with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public RawHttp without(String name) {
        headers.remove(name);
        return this;
    }

    public RawHttp session(String cookie) {
        return with("Cookie", "stapscope_session=" + cookie);
    }

    /** What a change needs besides a session. */
    public RawHttp json() {
        return with("Content-Type", "application/json").with("X-Requested-By", "stapscope");
    }

    public Answer get(String target) {
        return send("GET", target, "");
    }

    public Answer post(String target, String body) {
        return send("POST", target, body);
    }

    public Answer send(String method, String target, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (bytes.length > 0) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            return isTaken(out, bytes) ? Answer.read(socket.getInputStream()) : Answer.CUT;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that refuses a body may close the connection before it has read all of it, and its answer may be lost. */
    private static boolean isTaken(OutputStream out, byte[] body) {
        try {
            out.write(body);
            out.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** @param headers by lower-case name */
    public record Answer(int status, Map<String, String> headers, byte[] bytes) {
        /** The connection was closed while the request was sent. */
        private static final Answer CUT = new Answer(0, Map.of(), new byte[0]);

        private static Answer read(InputStream in) throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                head.append((char) next);
            }
            var lines = head.toString().split("\r\n");
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.put(
                        lines[i].substring(0, colon),
                        lines[i].substring(colon + 1).strip());
            }
            int status = lines[0].isEmpty() ? 0 : Integer.parseInt(lines[0].split(" ")[1]);
            boolean chunked = "chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"));
            return new Answer(
                    status,
                    headers,
                    status == 101 ? new byte[0] : chunked ? chunks(in) : bytes(in, headers.get("Content-Length")));
        }

        /** Each chunk has its length in a line before it, the last one is empty. */
        private static byte[] chunks(InputStream in) throws IOException {
            var body = new ByteArrayOutputStream();
            for (int length = chunkLength(in); length > 0; length = chunkLength(in)) {
                body.write(in.readNBytes(length));
                in.skipNBytes(2);
            }
            return body.toByteArray();
        }

        private static int chunkLength(InputStream in) throws IOException {
            var line = new StringBuilder();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.append((char) next);
            }
            return line.isEmpty() ? 0 : Integer.parseInt(line.toString().strip(), 16);
        }

        /** A refused upgrade leaves the connection open: its body ends where its length says. */
        private static byte[] bytes(InputStream in, @Nullable String length) throws IOException {
            return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        }

        public String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }
}
