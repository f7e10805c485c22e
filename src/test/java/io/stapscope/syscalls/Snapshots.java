package io.stapscope.syscalls;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Makes snapshots as the kernel side does, from registers and a few pieces of memory. */
final class Snapshots {
    private final TreeMap<Long, String> memory = new TreeMap<>();

    /** @param bytes chars 0 to 255 */
    Snapshots memory(long address, String bytes) {
        memory.put(address, bytes);
        return this;
    }

    Snapshots words(long address, long... words) {
        var bytes = new StringBuilder();
        for (long word : words) {
            bytes.append(word(word));
        }
        return memory(address, bytes.toString());
    }

    static String word(long value) {
        var bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >> 8 * i);
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Follows the plan, area by area. */
    String of(long number, FetchPlan plan, long... arguments) {
        var bytes = new StringBuilder("\0".repeat(plan.size()));
        put(bytes, SnapshotLayout.NUMBER, word(number));
        for (int i = 0; i < arguments.length; i++) {
            put(bytes, SnapshotLayout.ARGUMENTS + 8 * i, word(arguments[i]));
        }
        for (int i = 0; i < plan.areas().size(); i++) {
            fetch(bytes, plan.areas().get(i), i);
        }
        return bytes.toString();
    }

    private void fetch(StringBuilder bytes, FetchPlan.Area area, int index) {
        var all = new Bytes(bytes.toString(), 0, bytes.length());
        long address = all.word(area.address());
        long length = area.most();
        if (area.count() != 0) {
            long count = area.narrow() ? all.unsigned(area.count(), 4) : all.word(area.count());
            length = Math.min(count, area.most()) * area.element();
            length = Long.compareUnsigned(count, area.most()) > 0 ? area.most() : Math.min(length, area.most());
        }
        var found = at(address);
        int status = SnapshotLayout.FAULT;
        if (found != null && area.string()) {
            var text = found.indexOf(0) < 0 ? found : found.substring(0, found.indexOf(0));
            var cut = text.substring(0, Math.min(text.length(), area.most() - 1));
            put(bytes, area.at(), cut + "\0");
            status = cut.length() + 1;
        } else if (found != null) {
            var piece = found.substring(0, (int) Math.min(length, found.length()));
            put(bytes, area.at(), piece);
            status = piece.length();
        }
        put(bytes, SnapshotLayout.STATUS + 2 * index, word(status & 0xffff).substring(0, 2));
    }

    private String at(long address) {
        Map.Entry<Long, String> entry = memory.floorEntry(address);
        if (entry == null || address >= entry.getKey() + entry.getValue().length()) {
            return null;
        }
        return entry.getValue().substring((int) (address - entry.getKey()));
    }

    private static void put(StringBuilder bytes, int at, String piece) {
        bytes.replace(at, at + piece.length(), piece);
    }
}
