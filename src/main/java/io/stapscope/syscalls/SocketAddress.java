package io.stapscope.syscalls;

import java.util.ArrayList;
import java.util.List;

/** Addresses of sockets. */
final class SocketAddress {
    /** The kernel's struct sockaddr_storage. */
    static final int LARGEST = 128;

    private static final int UNIX = 1;
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int NETLINK = 16;
    private static final int INET_SIZE = 16;
    private static final int INET6_SIZE = 24;
    private static final int NETLINK_SIZE = 12;

    private final ConstantSet families;

    SocketAddress(ConstantSet families) {
        this.families = families;
    }

    /** An argument with an address whose length is another argument. */
    record Argument(SocketAddress addresses, int length) implements ArgumentKind {
        @Override
        public void fetch(Fetches fetches, int index) {
            fetches.bytes(new Source.Argument(index), new Length(new Source.Argument(length), true, 1, LARGEST));
        }

        @Override
        public String text(Call call, int index) {
            return addresses.text(call, new Source.Argument(index), call.argument(index), (int) call.argument(length));
        }

        @Override
        public Offer offer() {
            return Offer.DESCRIBED;
        }
    }

    String text(Call call, Source source, long address, int length) {
        if (address == 0 || length < 0) {
            return Arguments.pointer(address);
        }
        return call.memory(source)
                .filter(bytes -> bytes.has(Math.min(length, LARGEST)) && length > 0)
                .map(this::text)
                .orElse(Arguments.pointer(address));
    }

    private String text(Bytes bytes) {
        if (bytes.length() < 2) {
            return Quoted.of(bytes.text(), false);
        }
        long family = bytes.unsigned(0, 2);
        var head = "{sa_family=" + families.choice(family);
        if (family == UNIX) {
            return head + path(bytes.slice(2, bytes.length() - 2)) + "}";
        }
        if (family == INET && bytes.length() >= INET_SIZE) {
            return head + ", sin_port=htons(" + port(bytes) + "), sin_addr=inet_addr(\"" + inet(bytes, 4) + "\")}";
        }
        if (family == INET6 && bytes.length() >= INET6_SIZE) {
            return head + inet6(bytes) + "}";
        }
        if (family == NETLINK && bytes.length() >= NETLINK_SIZE) {
            return head + ", nl_pid=" + (int) bytes.unsigned(4, 4) + ", nl_groups="
                    + "%08x".formatted(bytes.unsigned(8, 4)) + "}";
        }
        return head + ", sa_data="
                + Quoted.of(bytes.slice(2, bytes.length() - 2).text(), false) + "}";
    }

    private static String path(Bytes bytes) {
        if (bytes.length() == 0) {
            return "";
        }
        if (bytes.unsigned(0, 1) == 0) {
            return ", sun_path=@" + Quoted.of(bytes.slice(1, bytes.length() - 1).text(), false);
        }
        var text = bytes.text();
        int end = text.indexOf(0);
        return ", sun_path=" + Quoted.of(end < 0 ? text : text.substring(0, end), false);
    }

    private static long port(Bytes bytes) {
        return bytes.unsigned(2, 1) << 8 | bytes.unsigned(3, 1);
    }

    private static String inet(Bytes bytes, int offset) {
        return bytes.unsigned(offset, 1) + "." + bytes.unsigned(offset + 1, 1) + "." + bytes.unsigned(offset + 2, 1)
                + "." + bytes.unsigned(offset + 3, 1);
    }

    private static String inet6(Bytes bytes) {
        long flow = Integer.toUnsignedLong(Integer.reverseBytes((int) bytes.unsigned(4, 4)));
        var scope = bytes.length() >= INET6_SIZE + 4 ? ", sin6_scope_id=" + bytes.unsigned(24, 4) : "";
        return ", sin6_port=htons(" + port(bytes) + "), sin6_flowinfo=htonl(" + flow + "), inet_pton(AF_INET6, \""
                + ipv6(bytes) + "\", &sin6_addr)" + scope;
    }

    /** The longest run of zeros is left out, and an embedded IPv4 address is written as such. */
    private static String ipv6(Bytes bytes) {
        var groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) (bytes.unsigned(8 + 2 * i, 1) << 8 | bytes.unsigned(9 + 2 * i, 1));
        }
        int start = 0;
        int length = 0;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        boolean embedded = start == 0 && (length == 6 || length == 5 && groups[5] == 0xffff);
        if (embedded) {
            return (length == 6 ? "::" : "::ffff:") + inet(bytes, 20);
        }
        return length < 2 ? join(groups, 0, 8) : join(groups, 0, start) + "::" + join(groups, start + length, 8);
    }

    private static String join(int[] groups, int from, int to) {
        List<String> texts = new ArrayList<>();
        for (int i = from; i < to; i++) {
            texts.add(Integer.toHexString(groups[i]));
        }
        return String.join(":", texts);
    }
}
