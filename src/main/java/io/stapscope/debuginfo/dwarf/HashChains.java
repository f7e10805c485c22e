package io.stapscope.debuginfo.dwarf;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** Numbers 0, 1, 2... by a hash of each: those of one hash are linked, in their order. */
final class HashChains {
    private static final int MIX = 0x9e3779b9;

    private final int[] heads;
    private final int[] nexts;
    private final int shift;

    HashChains(int count, IntUnaryOperator hash) {
        int bits = Math.max(4, Integer.SIZE - Integer.numberOfLeadingZeros(count));
        shift = Integer.SIZE - bits;
        heads = new int[1 << bits];
        nexts = new int[count];
        Arrays.fill(heads, -1);
        for (int i = count - 1; i >= 0; i--) {
            int slot = hash.applyAsInt(i) * MIX >>> shift;
            nexts[i] = heads[slot];
            heads[slot] = i;
        }
    }

    /** First number that may have a hash; -1 for none. */
    int first(int hash) {
        return heads[hash * MIX >>> shift];
    }

    /** The one behind it; -1 at the end. */
    int next(int number) {
        return nexts[number];
    }
}
