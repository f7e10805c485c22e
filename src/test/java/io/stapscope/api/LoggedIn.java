package io.stapscope.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A session of the service under test, made with the token of its state directory. */
public final class LoggedIn {
    private static final Path TOKEN = Path.of("target/test-state/login-token");

    private LoggedIn() {}

    public static String token() {
        try {
            return Files.readString(TOKEN).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cookie's value. */
    public static String session(int port) {
        var answer = RawHttp.to(port).json().post("/api/v1/login", "{\"token\":\"" + token() + "\"}");
        var cookie = answer.header("Set-Cookie");
        if (answer.status() != 204 || !cookie.startsWith("stapscope_session=")) {
            throw new IllegalStateException("login failed: " + answer);
        }
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }
}
