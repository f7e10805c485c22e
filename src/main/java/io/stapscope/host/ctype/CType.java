package io.stapscope.host.ctype;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A type of the C language. Typedefs and qualifiers are resolved; {@link #name()} still prints them. What a type refers to
 * is asked of a supplier, so compare types by {@link #same}.
 */
public sealed interface CType {
    /** As C would write it: {@code pid_t}, {@code const struct task_struct *}. */
    String name();

    /** Bytes; 0 when a value of it cannot be in memory. */
    long size();

    /** A whole number; characters and truth values are numbers too. */
    record Int(String name, long size, boolean signed, IntKind kind) implements CType {}

    /** What a whole number is meant as. */
    enum IntKind {
        NUMBER,
        CHARACTER,
        BOOLEAN
    }

    record Floating(String name, long size) implements CType {}

    /** An enumeration. */
    record Enumeration(String name, long size, boolean signed, Supplier<List<Constant>> constants) implements CType {
        /** The name of a value; empty when the enumeration has none for it. */
        public Optional<String> nameOf(long value) {
            return constants.get().stream()
                    .filter(constant -> constant.value() == value)
                    .map(Constant::name)
                    .findFirst();
        }
    }

    /** One name of an enumeration. */
    record Constant(String name, long value) {}

    record Pointer(String name, long size, Supplier<CType> pointed) implements CType {
        public CType target() {
            return pointed.get();
        }
    }

    /** @param count 0 for an array whose length the type does not say */
    record Array(String name, CType element, long count) implements CType {
        @Override
        public long size() {
            return element.size() * count;
        }
    }

    /** A struct or a union. */
    record Struct(String name, long size, boolean isUnion, Supplier<List<Member>> parts) implements CType {
        /** In the order of the declaration; anonymous members have an empty name. */
        public List<Member> members() {
            return parts.get();
        }

        /** A member by its name, also of anonymous structs inside; its offset counts from this struct. */
        public Optional<Member> member(String name) {
            return flattened().stream()
                    .filter(member -> member.name().equals(name))
                    .findFirst();
        }

        /** All members that can be named, those of anonymous structs in the place of these. */
        public List<Member> flattened() {
            var found = new ArrayList<Member>();
            var open = new ArrayDeque<>(members());
            while (!open.isEmpty() && found.size() < MAX_MEMBERS) {
                var member = open.removeFirst();
                if (!member.name().isEmpty()) {
                    found.add(member);
                } else if (member.type() instanceof Struct inner && open.size() < MAX_MEMBERS) {
                    inner.members().reversed().forEach(part -> open.addFirst(part.movedBy(member.offset())));
                }
            }
            return found;
        }
    }

    /**
     * A member of a struct.
     *
     * @param offset byte where its value begins; of a bit field, the aligned unit of its type's size that holds it
     * @param bitOffset of a bit field: its lowest bit within that unit
     * @param bitSize bits of a bit field, 0 for a member of whole bytes
     */
    record Member(String name, CType type, long offset, int bitOffset, int bitSize) {
        public boolean isBitField() {
            return bitSize > 0;
        }

        Member movedBy(long bytes) {
            return new Member(name, type, offset + bytes, bitOffset, bitSize);
        }
    }

    record Function(String name) implements CType {
        @Override
        public long size() {
            return 0;
        }
    }

    /**
     * {@code void}, or a struct that is only declared: it can be pointed to and nothing else.
     *
     * @param tag its name without qualifiers
     */
    record Incomplete(String name, String tag) implements CType {
        @Override
        public long size() {
            return 0;
        }
    }

    /** More named members than any real struct has; ends walks through contradictory data. */
    int MAX_MEMBERS = 20_000;

    /** Levels of pointers that {@link #same} follows. */
    int MAX_POINTERS = 16;

    /** Whether two types mean the same, whatever names typedefs and qualifiers give them. */
    static boolean same(CType one, CType other) {
        var left = one;
        var right = other;
        for (int depth = 0; depth < MAX_POINTERS; depth++) {
            if (!(left instanceof Pointer p && right instanceof Pointer q)) {
                break;
            }
            left = p.target();
            right = q.target();
        }
        return switch (left) {
            case Int a -> right instanceof Int b && a.size == b.size && a.signed == b.signed && a.kind == b.kind;
            case Floating a -> right instanceof Floating b && a.size == b.size;
            case Array a -> right instanceof Array b && a.count == b.count && same(a.element, b.element);
            // Names differ by qualifiers and typedefs; the supplier is made once for each type.
            case Struct a -> right instanceof Struct b && a.parts == b.parts;
            case Enumeration a -> right instanceof Enumeration b && a.constants == b.constants;
            case Function _ -> right instanceof Function;
            case Incomplete a -> right instanceof Incomplete b && a.tag.equals(b.tag);
            case Pointer _ -> false;
        };
    }

    /** The number type of a machine where pointers and longs take eight bytes. */
    static Int number(String name, int size, boolean signed) {
        return new Int(name, size, signed, IntKind.NUMBER);
    }

    /** A pointer to a type that is known already. */
    static Pointer pointerTo(CType target) {
        return pointerTo(target, Long.BYTES);
    }

    /** A pointer of a machine where it takes so many bytes. */
    static Pointer pointerTo(CType target, int size) {
        var name = target.name();
        return new Pointer(name.endsWith("*") ? name + "*" : name + " *", size, () -> target);
    }
}
