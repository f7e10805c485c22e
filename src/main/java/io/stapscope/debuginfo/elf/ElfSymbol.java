package io.stapscope.debuginfo.elf;

/**
 * A name of the program.
 *
 * @param name without a version: {@code memcpy}, not {@code memcpy@@GLIBC_2.14}
 * @param value address before relocation, for a symbol that is defined
 * @param size bytes, 0 when unknown
 * @param type STT_*
 * @param binding STB_*
 * @param section index of the section it is defined in, 0 when it is only used here
 */
public record ElfSymbol(String name, long value, long size, int type, int binding, int section) {
    public static final int OBJECT = 1;
    public static final int FUNCTION = 2;
    public static final int THREAD_LOCAL = 6;
    public static final int INDIRECT_FUNCTION = 10;

    public boolean isDefined() {
        return section != 0;
    }

    public boolean isFunction() {
        return type == FUNCTION || type == INDIRECT_FUNCTION;
    }

    public boolean isGlobal() {
        return binding != 0;
    }
}
