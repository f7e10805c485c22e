package io.stapscope.debuginfo.elf;

/** Numbers of machines (EM_*) and their names. */
public final class Machine {
    public static final int I386 = 3;
    public static final int X86_64 = 62;
    public static final int AARCH64 = 183;

    private Machine() {}

    /** As {@code uname -m} names it; {@code machine 42} for others. */
    public static String name(int machine) {
        return switch (machine) {
            case I386 -> "i386";
            case 8 -> "mips";
            case 21 -> "ppc64le";
            case 40 -> "arm";
            case X86_64 -> "x86_64";
            case AARCH64 -> "aarch64";
            case 243 -> "riscv64";
            case 258 -> "loongarch64";
            default -> "machine " + machine;
        };
    }
}
