package io.stapscope.debuginfo.btf;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds types by kind and name: an open-addressing table of type ids, made at the first question. Only kinds that are
 * asked for by name are in it. Of several types with the same kind and name the first counts.
 */
final class BtfNameIndex {
    /** A kernel's blob begins with what everything refers to, task_struct and its like: those need no table. */
    private static final int FIRST = 2_000;

    private final BtfFile file;
    private volatile int @Nullable [] table;

    BtfNameIndex(BtfFile file) {
        this.file = file;
    }

    int find(BtfKind kind, String name) {
        if (name.isEmpty() || !isIndexed(kind)) {
            return 0;
        }
        var bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        var ids = table;
        if (ids == null) {
            int early = findEarly(kind, bytes);
            if (early != 0) {
                return early;
            }
            ids = build();
            table = ids;
        }
        for (int slot = hash(bytes, 0, kind) & ids.length - 1; ids[slot] != 0; slot = slot + 1 & ids.length - 1) {
            if (file.kind(ids[slot]) == kind && file.textEquals(file.nameOffset(ids[slot]), bytes)) {
                return ids[slot];
            }
        }
        return 0;
    }

    private int findEarly(BtfKind kind, byte[] name) {
        for (int id = 1; id <= Math.min(FIRST, file.typeCount()); id++) {
            int offset = file.nameOffset(id);
            boolean isName = offset > 0 && offset < file.strings().length;
            if (isName && file.kind(id) == kind && file.textEquals(offset, name)) {
                return id;
            }
        }
        return 0;
    }

    private int[] build() {
        int capacity = Math.max(16, Integer.highestOneBit(file.typeCount()) << 2);
        var ids = new int[capacity];
        var strings = file.strings();
        for (int id = 1; id <= file.typeCount(); id++) {
            var kind = file.kind(id);
            int name = file.nameOffset(id);
            // A name out of range is left out; whoever asks for that very type is told.
            if (isIndexed(kind) && name > 0 && name < strings.length) {
                insert(ids, id, kind, name, strings);
            }
        }
        return ids;
    }

    private void insert(int[] ids, int id, BtfKind kind, int name, byte[] strings) {
        int slot = hash(strings, name, kind) & ids.length - 1;
        while (ids[slot] != 0) {
            if (file.nameOffset(ids[slot]) == name && file.kind(ids[slot]) == kind) {
                return;
            }
            slot = slot + 1 & ids.length - 1;
        }
        ids[slot] = id;
    }

    private static boolean isIndexed(BtfKind kind) {
        return switch (kind) {
            case STRUCT, UNION, TYPEDEF, FUNC, ENUM, ENUM64, VAR -> true;
            case VOID, INT, PTR, ARRAY, FWD, VOLATILE, CONST, RESTRICT, FUNC_PROTO, DATASEC, FLOAT -> false;
            case DECL_TAG, TYPE_TAG -> false;
        };
    }

    /** Of the bytes up to a zero or the end. */
    private static int hash(byte[] bytes, int from, BtfKind kind) {
        int hash = kind.ordinal();
        for (int i = from; i < bytes.length && bytes[i] != 0; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash ^ hash >>> 15;
    }
}
