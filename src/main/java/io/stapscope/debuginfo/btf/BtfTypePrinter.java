package io.stapscope.debuginfo.btf;

/** Prints a type as C would, near enough to recognise it: {@code const struct task_struct *}. */
public final class BtfTypePrinter {
    private static final int MAX_DEPTH = 32;

    private final BtfFile file;

    public BtfTypePrinter(BtfFile file) {
        this.file = file;
    }

    public String print(int id) {
        return print(id, 0);
    }

    private String print(int id, int depth) {
        if (depth > MAX_DEPTH) {
            throw new BtfFormatException("type " + id + " is nested without end");
        }
        return switch (file.kind(id)) {
            case VOID -> "void";
            case INT, TYPEDEF, FLOAT, FUNC, VAR, DATASEC -> file.name(id);
            case STRUCT -> tagged("struct", id);
            case UNION -> tagged("union", id);
            case ENUM, ENUM64 -> tagged("enum", id);
            case FWD -> tagged(file.flag(id) ? "union" : "struct", id);
            case PTR -> pointer(file.target(id), depth + 1);
            case ARRAY -> print(file.word(id, 0), depth + 1) + "[" + Integer.toUnsignedString(file.word(id, 2)) + "]";
            case CONST -> qualified("const", file.target(id), depth + 1);
            case VOLATILE -> qualified("volatile", file.target(id), depth + 1);
            case RESTRICT, TYPE_TAG, DECL_TAG -> print(file.target(id), depth + 1);
            case FUNC_PROTO -> print(file.target(id), depth + 1) + " ()";
        };
    }

    private String pointer(int target, int depth) {
        var pointed = print(target, depth);
        return pointed.endsWith("*") ? pointed + "*" : pointed + " *";
    }

    private String qualified(String word, int target, int depth) {
        // A pointer that is itself constant carries the word behind the star.
        var plain = print(target, depth);
        return plain.endsWith("*") ? plain + " " + word : word + " " + plain;
    }

    private String tagged(String word, int id) {
        var name = file.name(id);
        return name.isEmpty() ? word + " {...}" : word + " " + name;
    }
}
