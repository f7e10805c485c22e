package io.stapscope.host.ctype;

import io.stapscope.debuginfo.btf.BtfFile;
import io.stapscope.debuginfo.btf.BtfFormatException;
import io.stapscope.debuginfo.btf.BtfKind;
import io.stapscope.debuginfo.btf.BtfTypePrinter;
import io.stapscope.host.ctype.CType.Constant;
import io.stapscope.host.ctype.CType.IntKind;
import io.stapscope.host.ctype.CType.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The types of a BTF blob as C types, each made when it is asked for and kept. */
public final class BtfCTypes {
    private static final int MEMBER_WORDS = 3;
    private static final int PARAMETER_WORDS = 2;
    private static final int POINTER_SIZE = Long.BYTES;
    private static final int SIGNED = 1;
    private static final int CHARACTER = 2;
    private static final int BOOLEAN = 4;
    private static final int MAX_DEPTH = 32;

    private final BtfFile file;
    private final BtfTypePrinter printer;
    private final Map<Integer, CType> types = new ConcurrentHashMap<>();
    private final Map<Integer, Supplier<List<Member>>> members = new ConcurrentHashMap<>();
    private final Map<Integer, Supplier<List<Constant>>> constants = new ConcurrentHashMap<>();

    public BtfCTypes(BtfFile file) {
        this.file = file;
        this.printer = new BtfTypePrinter(file);
    }

    /** What a name written in a script means: {@code task_struct}, {@code struct task_struct *}, {@code unsigned long}. */
    public Optional<CType> find(String written) {
        return new WrittenType(this::named, POINTER_SIZE).parse(written);
    }

    /** The parameters of a function, by name; empty when there is no such function. */
    public List<Parameter> parameters(String function) {
        int id = file.find(BtfKind.FUNC, function);
        return id == 0 ? List.of() : parametersOf(file.resolve(file.target(id)));
    }

    /** The parameters of the function that a typedef points to. */
    public List<Parameter> parametersOfTypedef(String typedef) {
        int id = file.find(BtfKind.TYPEDEF, typedef);
        if (id == 0) {
            return List.of();
        }
        int pointer = file.resolve(id);
        return file.kind(pointer) == BtfKind.PTR ? parametersOf(file.resolve(file.target(pointer))) : List.of();
    }

    /** @param name empty where the type does not say */
    public record Parameter(String name, CType type) {}

    private List<Parameter> parametersOf(int prototype) {
        var found = new ArrayList<Parameter>();
        if (file.kind(prototype) == BtfKind.FUNC_PROTO) {
            for (int i = 0; i < file.entries(prototype); i++) {
                var name = file.text(file.word(prototype, i * PARAMETER_WORDS));
                found.add(new Parameter(name, type(file.word(prototype, i * PARAMETER_WORDS + 1))));
            }
        }
        return found;
    }

    /** Value of a constant of any enumeration; the first of several counts. */
    public OptionalLong enumerator(String name) {
        var bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        var found = new long[1];
        var known = new boolean[1];
        for (var kind : new BtfKind[] {BtfKind.ENUM, BtfKind.ENUM64}) {
            file.forEach(kind, id -> {
                int words = enumWords(id);
                for (int i = 0; !known[0] && i < file.entries(id); i++) {
                    if (file.textEquals(file.word(id, i * words), bytes)) {
                        found[0] = constantValue(id, i);
                        known[0] = true;
                    }
                }
            });
        }
        return known[0] ? OptionalLong.of(found[0]) : OptionalLong.empty();
    }

    private Optional<CType> named(WrittenType.Names names, String name) {
        return switch (names) {
            case STRUCT -> named(BtfKind.STRUCT, name);
            case UNION -> named(BtfKind.UNION, name);
            case ENUM -> named(BtfKind.ENUM, name).or(() -> named(BtfKind.ENUM64, name));
            case PLAIN -> named(BtfKind.TYPEDEF, name);
        };
    }

    private Optional<CType> named(BtfKind kind, String name) {
        int id = file.find(kind, name);
        return id == 0 ? Optional.empty() : Optional.of(type(id));
    }

    private CType type(int id) {
        var known = types.get(id);
        if (known != null) {
            return known;
        }
        var made = make(id, 0);
        var before = types.putIfAbsent(id, made);
        return before == null ? made : before;
    }

    private CType make(int id, int depth) {
        if (depth > MAX_DEPTH) {
            throw new BtfFormatException("type " + id + " is nested without end");
        }
        int bare = file.resolve(id);
        var name = printer.print(id);
        return switch (file.kind(bare)) {
            case INT -> integer(bare, name);
            case FLOAT -> new CType.Floating(name, size(bare));
            case ENUM, ENUM64 -> new CType.Enumeration(name, size(bare), file.flag(bare), constants(bare));
            case PTR -> {
                int target = file.target(bare);
                yield new CType.Pointer(name, POINTER_SIZE, () -> type(target));
            }
            case ARRAY ->
                new CType.Array(name, make(file.word(bare, 0), depth + 1), Integer.toUnsignedLong(file.word(bare, 2)));
            case STRUCT, UNION -> new CType.Struct(name, size(bare), file.kind(bare) == BtfKind.UNION, members(bare));
            case FUNC_PROTO, FUNC -> new CType.Function(name);
            case FWD, VOID -> new CType.Incomplete(name, printer.print(bare));
            case VAR -> make(file.target(bare), depth + 1);
            case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG, DECL_TAG, DATASEC -> new CType.Incomplete(name, name);
        };
    }

    private long size(int id) {
        return Integer.toUnsignedLong(file.target(id));
    }

    private CType integer(int id, String name) {
        int encoding = file.word(id, 0) >>> 24 & 0xf;
        var kind = (encoding & BOOLEAN) != 0 || file.name(id).equals("_Bool")
                ? IntKind.BOOLEAN
                : (encoding & CHARACTER) != 0 || isCharacter(file.name(id)) ? IntKind.CHARACTER : IntKind.NUMBER;
        return new CType.Int(name, size(id), (encoding & SIGNED) != 0, kind);
    }

    /** Compilers leave the flag out. */
    private static boolean isCharacter(String name) {
        return name.equals("char") || name.equals("unsigned char");
    }

    private Supplier<List<Member>> members(int id) {
        return members.computeIfAbsent(id, struct -> new Once<>(() -> readMembers(struct)));
    }

    private List<Member> readMembers(int struct) {
        var found = new ArrayList<Member>();
        boolean packed = file.flag(struct);
        for (int i = 0; i < file.entries(struct); i++) {
            var name = file.text(file.word(struct, i * MEMBER_WORDS));
            var type = type(file.word(struct, i * MEMBER_WORDS + 1));
            int raw = file.word(struct, i * MEMBER_WORDS + 2);
            long bits = packed ? raw & 0xffffff : Integer.toUnsignedLong(raw);
            found.add(member(name, type, bits, packed ? raw >>> 24 : 0));
        }
        return List.copyOf(found);
    }

    private static Member member(String name, CType type, long bits, int width) {
        if (width == 0) {
            return new Member(name, type, bits / Byte.SIZE, 0, 0);
        }
        return BitFields.member(name, type, bits, width);
    }

    private Supplier<List<Constant>> constants(int id) {
        return constants.computeIfAbsent(id, enumeration -> new Once<>(() -> readConstants(enumeration)));
    }

    private List<Constant> readConstants(int enumeration) {
        var found = new ArrayList<Constant>();
        for (int i = 0; i < file.entries(enumeration); i++) {
            var name = file.text(file.word(enumeration, i * enumWords(enumeration)));
            found.add(new Constant(name, constantValue(enumeration, i)));
        }
        return List.copyOf(found);
    }

    private int enumWords(int id) {
        return file.kind(id) == BtfKind.ENUM ? 2 : 3;
    }

    private long constantValue(int id, int index) {
        int words = enumWords(id);
        int low = file.word(id, index * words + 1);
        if (words == 3) {
            return Integer.toUnsignedLong(low) | (long) file.word(id, index * words + 2) << 32;
        }
        return file.flag(id) ? low : Integer.toUnsignedLong(low);
    }
}
