package io.stapscope.debuginfo.demangle;

import java.nio.charset.StandardCharsets;

/** Characters as names hold them: one char for each byte. */
final class Utf8 {
    private Utf8() {}

    static void append(int point, StringBuilder to) {
        for (byte each : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            to.append((char) (each & 0xff));
        }
    }
}
