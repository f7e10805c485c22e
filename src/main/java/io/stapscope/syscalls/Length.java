package io.stapscope.syscalls;

import org.jspecify.annotations.Nullable;

/**
 * How many bytes to fetch.
 *
 * @param count where the number of elements is found; null for always {@code most}
 * @param narrow whether the count has four bytes
 * @param element bytes of one element
 * @param most bytes at most
 */
record Length(@Nullable Source count, boolean narrow, int element, int most) {
    static Length fixed(int bytes) {
        return new Length(null, false, 1, bytes);
    }

    static Length counted(Source count, int element, int most) {
        return new Length(count, false, element, most);
    }
}
