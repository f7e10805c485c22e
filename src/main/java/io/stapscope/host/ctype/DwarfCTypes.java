package io.stapscope.host.ctype;

import io.stapscope.debuginfo.dwarf.DieReader;
import io.stapscope.debuginfo.dwarf.DwarfAttribute;
import io.stapscope.debuginfo.dwarf.DwarfFile;
import io.stapscope.debuginfo.dwarf.DwarfFormatException;
import io.stapscope.debuginfo.dwarf.DwarfTag;
import io.stapscope.debuginfo.dwarf.TypeKind;
import io.stapscope.host.ctype.CType.Constant;
import io.stapscope.host.ctype.CType.IntKind;
import io.stapscope.host.ctype.CType.Member;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The types that the debug information of a program describes as C types, each made when it is asked for and kept. A type that
 * cannot be read is incomplete; nothing here throws.
 */
public final class DwarfCTypes {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_CHAIN = 64;
    private static final CType VOID = new CType.Incomplete("void", "void");
    private static final CType UNREADABLE = new CType.Incomplete("{unreadable}", "{unreadable}");

    private final DwarfFile file;
    private final int pointerSize;
    private final Map<Long, CType> types = new ConcurrentHashMap<>();
    private final Map<Long, Supplier<List<Member>>> members = new ConcurrentHashMap<>();
    private final Map<Long, Supplier<List<Constant>>> constants = new ConcurrentHashMap<>();

    public DwarfCTypes(DwarfFile file) {
        this.file = file;
        this.pointerSize = file.sections().addressSize();
    }

    /** What a name written in a script means: {@code struct point *}, {@code point_t}. */
    public Optional<CType> find(String written) {
        return new WrittenType(this::named, pointerSize).parse(written);
    }

    private Optional<CType> named(WrittenType.Names names, String name) {
        return switch (names) {
            case STRUCT -> named(TypeKind.STRUCT, name);
            case UNION -> named(TypeKind.UNION, name);
            case ENUM -> named(TypeKind.ENUM, name);
            case PLAIN -> named(TypeKind.TYPEDEF, name).or(() -> named(TypeKind.BASE, name));
        };
    }

    private Optional<CType> named(TypeKind kind, String name) {
        long die = file.types().find(kind, name);
        return die == 0 ? Optional.empty() : Optional.of(type(die));
    }

    /** Value of a constant of any enumeration; the first of several counts. */
    public OptionalLong enumerator(String name) {
        try {
            return file.types().enumerator(name);
        } catch (DwarfFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** @param die entry of the type; 0 for void */
    public CType type(long die) {
        if (die == 0) {
            return VOID;
        }
        var known = types.get(die);
        if (known != null) {
            return known;
        }
        CType made;
        try {
            made = make(die, 0);
        } catch (DwarfFormatException e) {
            made = UNREADABLE;
        }
        var before = types.putIfAbsent(die, made);
        return before == null ? made : before;
    }

    private CType make(long die, int depth) {
        if (depth > MAX_DEPTH) {
            throw new DwarfFormatException("a type is nested without end");
        }
        var reader = file.reader();
        var name = new DwarfTypeNames(reader).print(die);
        long bare = resolve(reader, die);
        if (bare == 0) {
            return new CType.Incomplete(name, "void");
        }
        reader.moveTo(bare);
        return switch (reader.tag()) {
            case DwarfTag.BASE_TYPE -> number(reader, name);
            case DwarfTag.ENUMERATION_TYPE -> enumeration(reader, bare, name);
            case DwarfTag.POINTER_TYPE, DwarfTag.REFERENCE_TYPE, DwarfTag.RVALUE_REFERENCE_TYPE -> {
                long target = reader.reference(DwarfAttribute.TYPE);
                yield new CType.Pointer(name, reader.number(DwarfAttribute.BYTE_SIZE, pointerSize), () -> type(target));
            }
            case DwarfTag.ARRAY_TYPE -> array(reader, bare, name, depth);
            case DwarfTag.STRUCTURE_TYPE, DwarfTag.CLASS_TYPE, DwarfTag.INTERFACE_TYPE, DwarfTag.UNION_TYPE ->
                struct(reader, bare, name);
            case DwarfTag.SUBROUTINE_TYPE -> new CType.Function(name);
            case DwarfTag.POINTER_TO_MEMBER_TYPE ->
                CType.number(name, (int) reader.number(DwarfAttribute.BYTE_SIZE, pointerSize), true);
            default -> new CType.Incomplete(name, name);
        };
    }

    /** Follows typedefs and qualifiers to the type they stand for; 0 for void. */
    private static long resolve(DieReader reader, long die) {
        long current = die;
        for (int i = 0; i < MAX_CHAIN; i++) {
            if (current == 0) {
                return 0;
            }
            reader.moveTo(current);
            switch (reader.tag()) {
                case DwarfTag.TYPEDEF,
                        DwarfTag.CONST_TYPE,
                        DwarfTag.VOLATILE_TYPE,
                        DwarfTag.RESTRICT_TYPE,
                        DwarfTag.ATOMIC_TYPE,
                        DwarfTag.PACKED_TYPE,
                        DwarfTag.IMMUTABLE_TYPE,
                        DwarfTag.SUBRANGE_TYPE -> current = reader.reference(DwarfAttribute.TYPE);
                default -> {
                    return current;
                }
            }
        }
        throw new DwarfFormatException("a type has more than " + MAX_CHAIN + " qualifiers");
    }

    private static CType number(DieReader reader, String name) {
        long size = reader.number(DwarfAttribute.BYTE_SIZE, 0);
        var plain = reader.text(DwarfAttribute.NAME);
        return switch ((int) reader.number(DwarfAttribute.ENCODING, 0)) {
            case Encoding.BOOLEAN -> new CType.Int(name, size, false, IntKind.BOOLEAN);
            case Encoding.SIGNED_CHAR -> new CType.Int(name, size, true, character(plain));
            case Encoding.UNSIGNED_CHAR -> new CType.Int(name, size, false, character(plain));
            case Encoding.UTF -> new CType.Int(name, size, false, size == 1 ? IntKind.CHARACTER : IntKind.NUMBER);
            case Encoding.SIGNED, Encoding.SIGNED_FIXED -> new CType.Int(name, size, true, IntKind.NUMBER);
            case Encoding.UNSIGNED, Encoding.UNSIGNED_FIXED, Encoding.ADDRESS ->
                new CType.Int(name, size, false, IntKind.NUMBER);
            default -> new CType.Floating(name, size);
        };
    }

    /** {@code signed char} is a small number. */
    private static IntKind character(String name) {
        return name.equals("signed char") ? IntKind.NUMBER : IntKind.CHARACTER;
    }

    private CType enumeration(DieReader reader, long die, String name) {
        long whole = complete(reader, die, TypeKind.ENUM);
        reader.moveTo(whole);
        if (reader.flag(DwarfAttribute.DECLARATION)) {
            return new CType.Incomplete(name, name);
        }
        long size = reader.number(DwarfAttribute.BYTE_SIZE, 0);
        long encoding = reader.number(DwarfAttribute.ENCODING, 0);
        long underlying = resolve(reader, underlying(reader, whole));
        if (underlying != 0) {
            reader.moveTo(underlying);
            encoding = encoding != 0 ? encoding : reader.number(DwarfAttribute.ENCODING, 0);
            size = size != 0 ? size : reader.number(DwarfAttribute.BYTE_SIZE, 0);
        }
        var values = constants.computeIfAbsent(
                whole, id -> new Once<>(() -> readable(() -> DwarfMembers.ofEnumeration(file.reader(), id))));
        boolean signed = encoding == 0
                ? values.get().stream().anyMatch(constant -> constant.value() < 0)
                : encoding == Encoding.SIGNED || encoding == Encoding.SIGNED_CHAR;
        return new CType.Enumeration(name, size, signed, values);
    }

    private static long underlying(DieReader reader, long enumeration) {
        reader.moveTo(enumeration);
        return reader.reference(DwarfAttribute.TYPE);
    }

    private CType struct(DieReader reader, long die, String name) {
        boolean union = reader.tag() == DwarfTag.UNION_TYPE;
        long whole = complete(reader, die, union ? TypeKind.UNION : TypeKind.STRUCT);
        reader.moveTo(whole);
        if (reader.flag(DwarfAttribute.DECLARATION)) {
            return new CType.Incomplete(name, new DwarfTypeNames(reader).print(die));
        }
        long size = reader.number(DwarfAttribute.BYTE_SIZE, 0);
        var parts = members.computeIfAbsent(
                whole, id -> new Once<>(() -> readable(() -> DwarfMembers.ofStruct(file.reader(), id, this::type))));
        return new CType.Struct(name, size, union, parts);
    }

    /**
     * The entry that stands for a struct in the whole program: every file that includes its header describes it, and some only
     * declare it.
     */
    private long complete(DieReader reader, long die, TypeKind kind) {
        long signed = reader.reference(DwarfAttribute.SIGNATURE);
        if (signed != 0) {
            return signed;
        }
        var name = reader.text(DwarfAttribute.NAME);
        if (name.isEmpty()) {
            return die;
        }
        if (reader.flag(DwarfAttribute.DECLARATION)) {
            long found = file.types().find(kind, name);
            return found == 0 ? die : found;
        }
        long size = reader.number(DwarfAttribute.BYTE_SIZE, 0);
        long line = reader.number(DwarfAttribute.DECL_LINE, 0);
        var other = file.reader();
        long found = file.types().find(kind, name, candidate -> {
            other.moveTo(candidate);
            return other.number(DwarfAttribute.BYTE_SIZE, 0) == size
                    && other.number(DwarfAttribute.DECL_LINE, 0) == line;
        });
        return found == 0 ? die : found;
    }

    private CType array(DieReader reader, long die, String name, int depth) {
        long element = reader.reference(DwarfAttribute.TYPE);
        var counts = DwarfArrays.counts(reader, die);
        var made = element == 0 ? VOID : make(element, depth + 1);
        for (int i = counts.size() - 1; i >= 0; i--) {
            long count = counts.get(i);
            if (Math.multiplyHigh(count, made.size()) != 0 || count * made.size() < 0) {
                throw new DwarfFormatException("an array is larger than any memory");
            }
            made = new CType.Array(i == 0 ? name : made.name() + "[" + count + "]", made, count);
        }
        return made;
    }

    private static <T> List<T> readable(Supplier<List<T>> source) {
        try {
            return source.get();
        } catch (DwarfFormatException e) {
            return List.of();
        }
    }

    /** DW_ATE_*. */
    private static final class Encoding {
        static final int ADDRESS = 0x01;
        static final int BOOLEAN = 0x02;
        static final int SIGNED = 0x05;
        static final int SIGNED_CHAR = 0x06;
        static final int UNSIGNED = 0x07;
        static final int UNSIGNED_CHAR = 0x08;
        static final int SIGNED_FIXED = 0x0d;
        static final int UNSIGNED_FIXED = 0x0e;
        static final int UTF = 0x10;

        private Encoding() {}
    }
}
