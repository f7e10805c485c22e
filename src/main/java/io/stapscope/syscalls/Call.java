package io.stapscope.syscalls;

import java.util.Optional;

/** A snapshot seen through the plan that made it. */
final class Call {
    private static final int STRING_END = 1;

    private final Bytes bytes;
    private final FetchPlan plan;

    Call(String snapshot, FetchPlan plan) {
        bytes = new Bytes(snapshot, 0, snapshot.length());
        this.plan = plan;
    }

    /** The number, from the head of a snapshot. */
    static long number(String snapshot) {
        return new Bytes(snapshot, 0, snapshot.length()).word(SnapshotLayout.NUMBER);
    }

    long argument(int index) {
        return bytes.word(SnapshotLayout.ARGUMENTS + 8 * index);
    }

    /** What was fetched from an address; nothing after a fault. */
    Optional<Bytes> memory(Source address) {
        var index = plan.index(address);
        if (index.isEmpty()) {
            return Optional.empty();
        }
        var area = plan.areas().get(index.getAsInt());
        int length = (short) bytes.unsigned(SnapshotLayout.STATUS + 2 * index.getAsInt(), 2);
        if (length < 0 || !bytes.has(area.at() + Math.min(length, area.most()))) {
            return Optional.empty();
        }
        return Optional.of(bytes.slice(area.at(), Math.min(length, area.most())));
    }

    /** A string without its end. */
    Optional<Text> string(Source address) {
        return memory(address).map(found -> {
            int length = Math.max(0, found.length() - STRING_END);
            var area = plan.areas().get(plan.index(address).getAsInt());
            return new Text(found.slice(0, length).text(), found.length() == area.most());
        });
    }

    /** @param cut whether the string may go on */
    record Text(String bytes, boolean cut) {}
}
