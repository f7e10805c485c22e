package io.stapscope.debuginfo;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;

/** Some damage done to a seed, and how to undo it. */
final class Mutation {
    private static final long[] INTERESTING = {
        0,
        1,
        2,
        3,
        4,
        8,
        16,
        24,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        0xfffffff0L,
        0x7fffffff,
        0x80000000L,
        0xffffffffL,
        0x100000000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -2,
        -8
    };
    private static final int MOST = 8;

    private final Seed seed;
    private final Random random;
    private final Deque<Old> undo = new ArrayDeque<>();
    private int limit;

    /** What was there before. */
    private record Old(int at, byte[] content) {}

    Mutation(Seed seed, Random random) {
        this.seed = seed;
        this.random = random;
        limit = seed.bytes().limit();
    }

    /** Does the damage. @return what readers get, perhaps cut off */
    Damaged apply() {
        do {
            once();
        } while (undo.size() < MOST && random.nextInt(3) != 0);
        return seed.program(limit);
    }

    void undo() {
        while (!undo.isEmpty()) {
            var old = undo.pop();
            seed.bytes().put(old.at(), old.content());
        }
    }

    private void once() {
        int at = place();
        switch (random.nextInt(12)) {
            case 0, 1 -> write(at, new byte[] {(byte) random.nextInt(256)});
            case 2, 3 -> write(at, new byte[] {(byte) (seed.bytes().get(at) ^ 1 << random.nextInt(8))});
            case 4, 5, 6 -> number(at, INTERESTING[random.nextInt(INTERESTING.length)]);
            case 7 -> number(at, random.nextInt(seed.bytes().limit()));
            case 8 -> write(at, taken(place(), 1 + random.nextInt(64)));
            case 9 -> change(at & -4, random.nextInt(65) - 32);
            case 10 -> fill(at);
            default -> rare();
        }
    }

    /** Without a table of sections, or cut off. */
    private void rare() {
        if (random.nextInt(4) == 0) {
            limit = random.nextInt(seed.bytes().limit());
        } else if (random.nextInt(3) == 0) {
            boolean wide = seed.bytes().get(4) == 2;
            write(wide ? 40 : 32, new byte[wide ? 8 : 4]);
            write(wide ? 60 : 48, new byte[4]);
        }
    }

    private int place() {
        var window = seed.windows().get(random.nextInt(seed.windows().size()));
        // Tables are most interesting at their beginning.
        int size = random.nextBoolean() ? window.size() : Math.min(window.size(), 256);
        return window.start() + random.nextInt(size);
    }

    private void number(int at, long value) {
        int size = 1 << random.nextInt(4);
        var content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (value >> 8 * i);
        }
        write(at & -size, content);
    }

    private void change(int at, int by) {
        if (at + 4 <= seed.bytes().limit()) {
            int value = seed.bytes().getInt(at) + by;
            write(at, new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)});
        }
    }

    private void fill(int at) {
        var content = new byte[1 + random.nextInt(128)];
        Arrays.fill(content, (byte) (random.nextBoolean() ? 0 : random.nextInt(256)));
        write(at, content);
    }

    private byte[] taken(int from, int size) {
        var content = new byte[Math.min(size, seed.bytes().limit() - from)];
        seed.bytes().get(from, content);
        return content;
    }

    private void write(int at, byte[] content) {
        if (at + content.length <= seed.bytes().limit()) {
            undo.push(new Old(at, taken(at, content.length)));
            seed.bytes().put(at, content);
        }
    }
}
