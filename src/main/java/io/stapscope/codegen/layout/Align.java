package io.stapscope.codegen.layout;

/** Sizes as the kernel lays them out. */
public final class Align {
    private Align() {}

    /** The least multiple of eight that is not below {@code bytes}. */
    public static int toWords(int bytes) {
        return (bytes + 7) & ~7;
    }
}
