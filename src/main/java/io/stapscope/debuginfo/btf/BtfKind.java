package io.stapscope.debuginfo.btf;

/** Kinds of types (BTF_KIND_*); the ordinal is the number in the file. */
public enum BtfKind {
    VOID,
    INT,
    PTR,
    ARRAY,
    STRUCT,
    UNION,
    ENUM,
    FWD,
    TYPEDEF,
    VOLATILE,
    CONST,
    RESTRICT,
    FUNC,
    FUNC_PROTO,
    VAR,
    DATASEC,
    FLOAT,
    DECL_TAG,
    TYPE_TAG,
    ENUM64;

    private static final BtfKind[] BY_NUMBER = values();

    /** Number of kinds this reader knows; a newer kernel's unknown kind cannot be skipped, its size is unknown. */
    static final int COUNT = BY_NUMBER.length;

    /** Words behind the three common ones: fixed per type and per entry of the type. */
    private static final int[] FIXED_WORDS = {0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0};

    private static final int[] ENTRY_WORDS = {0, 0, 0, 0, 3, 3, 2, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 3};

    static BtfKind of(int number) {
        return BY_NUMBER[number];
    }

    static int extraWords(int kind, int entries) {
        return FIXED_WORDS[kind] + ENTRY_WORDS[kind] * entries;
    }

    /** Whether it only decorates another type and may be skipped on the way to it. */
    public boolean isTransparent() {
        return this == TYPEDEF || this == VOLATILE || this == CONST || this == RESTRICT || this == TYPE_TAG;
    }
}
