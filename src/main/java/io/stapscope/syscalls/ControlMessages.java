package io.stapscope.syscalls;

import java.util.ArrayList;
import java.util.Optional;

/** What is sent beside the bytes of a message. */
final class ControlMessages {
    /** So many bytes are looked at. */
    static final int SHOWN = 64;

    private static final int HEADER = 16;
    private static final int SOL_SOCKET = 1;
    private static final int RIGHTS = 1;
    private static final int CREDENTIALS = 2;
    private static final int CREDENTIALS_SIZE = 12;

    private final ConstantSet levels;
    private final ConstantSet types;
    private final ConstantSet flags;

    ControlMessages(Constants constants) {
        levels = constants.set("socket_levels");
        types = constants.set("scm_types");
        flags = constants.set("msg_flags");
    }

    String flags(long value) {
        return flags.flags(value);
    }

    String text(Optional<Bytes> memory, long address, long length) {
        if (memory.isEmpty() || memory.get().length() < Math.min(length, SHOWN)) {
            return Arguments.pointer(address);
        }
        var texts = new ArrayList<String>();
        var bytes = memory.get();
        int at = 0;
        while (at + HEADER <= bytes.length()) {
            long size = bytes.word(at);
            texts.add(message(bytes.slice(at, (int) Math.min(Math.max(size, HEADER), bytes.length()))));
            if (size < HEADER) {
                break;
            }
            at += (int) Math.min(size + 7 & -8, Integer.MAX_VALUE / 2);
        }
        return "[" + String.join(", ", texts) + (length > SHOWN ? ", ..." : "") + "]";
    }

    private String message(Bytes bytes) {
        long level = bytes.unsigned(8, 4);
        long type = bytes.unsigned(12, 4);
        var head = "{cmsg_len=" + Long.toUnsignedString(bytes.word(0)) + ", cmsg_level=" + levels.choice(level)
                + ", cmsg_type=" + (level == SOL_SOCKET ? types.choice(type) : ConstantSet.number(type));
        var data = bytes.slice(HEADER, bytes.length() - HEADER);
        if (data.length() == 0) {
            return head + "}";
        }
        return head + ", cmsg_data=" + data(level, type, data) + "}";
    }

    private static String data(long level, long type, Bytes data) {
        if (level == SOL_SOCKET && type == RIGHTS) {
            var numbers = new ArrayList<String>();
            for (int at = 0; at + 4 <= data.length(); at += 4) {
                numbers.add(Integer.toString((int) data.unsigned(at, 4)));
            }
            return "[" + String.join(", ", numbers) + "]";
        }
        if (level == SOL_SOCKET && type == CREDENTIALS && data.length() >= CREDENTIALS_SIZE) {
            return "{pid=" + (int) data.unsigned(0, 4) + ", uid=" + (int) data.unsigned(4, 4) + ", gid="
                    + (int) data.unsigned(8, 4) + "}";
        }
        return Quoted.of(data.text(), false);
    }
}
