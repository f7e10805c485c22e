package io.stapscope.debuginfo.dwarf;

/** Types that have names, by the space of the names in C. */
public enum TypeKind {
    STRUCT,
    UNION,
    ENUM,
    TYPEDEF,
    BASE;

    boolean holds(int tag) {
        return switch (this) {
            case STRUCT -> DwarfTag.isStruct(tag);
            case UNION -> tag == DwarfTag.UNION_TYPE;
            case ENUM -> tag == DwarfTag.ENUMERATION_TYPE;
            case TYPEDEF -> tag == DwarfTag.TYPEDEF;
            case BASE -> tag == DwarfTag.BASE_TYPE;
        };
    }
}
