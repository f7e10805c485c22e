package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Expression.Space;
import io.stapscope.compiler.type.Type;
import java.util.ArrayList;
import java.util.List;

/** Memory of the probed process and of the kernel, by address. */
final class MemoryFunctions {
    private MemoryFunctions() {}

    static List<Builtin> all() {
        var all = new ArrayList<Builtin>();
        all.add(reading(BuiltinFunction.USER_STRING, "The string at a user address; an unreadable one is an error."));
        all.add(reading(
                BuiltinFunction.USER_STRING_OR, "The string at a user address, or the text given if unreadable."));
        strings(all);
        kernel(all, "char", 1, true);
        kernel(all, "short", 2, true);
        kernel(all, "int", 4, true);
        kernel(all, "long", 8, true);
        kernel(all, "pointer", 8, false);
        user(all, "char", 1, true);
        user(all, "short", 2, true);
        user(all, "ushort", 2, false);
        user(all, "int", 4, true);
        user(all, "uint", 4, false);
        user(all, "long", 8, true);
        user(all, "ulong", 8, false);
        user(all, "int8", 1, true);
        user(all, "uint8", 1, false);
        user(all, "int16", 2, true);
        user(all, "uint16", 2, false);
        user(all, "int32", 4, true);
        user(all, "uint32", 4, false);
        user(all, "int64", 8, true);
        user(all, "uint64", 8, false);
        return all;
    }

    private static Builtin reading(BuiltinFunction function, String documentation) {
        return new Builtin.Value(
                function.word(),
                function.parameters(),
                function.result(),
                true,
                documentation,
                (span, arguments) -> new Expression.Builtin(span, function, arguments));
    }

    private static void strings(List<Builtin> all) {
        var text = "The string at a kernel address";
        all.add(string("kernel_string", Space.KERNEL, false, false, text + "; an unreadable one is an error."));
        all.add(string("kernel_string", Space.KERNEL, false, true, text + ", or the text given if unreadable."));
        all.add(string("kernel_string_n", Space.KERNEL, true, false, text + ", at most so many bytes."));
        text = "The string at a user address";
        all.add(string("user_string2", Space.USER, false, true, text + ", or the text given if unreadable."));
        all.add(string("user_string_n", Space.USER, true, false, text + ", at most so many bytes."));
        all.add(string("user_string_n", Space.USER, true, true, text + ", cut, or the text given if unreadable."));
    }

    /**
     * @param limited whether the second parameter is the most bytes
     * @param otherwise whether the last parameter is what to give for an unreadable address
     */
    private static Builtin string(String name, Space space, boolean limited, boolean otherwise, String documentation) {
        var parameters = new ArrayList<>(List.of(Type.LONG));
        if (limited) {
            parameters.add(Type.LONG);
        }
        if (otherwise) {
            parameters.add(Type.STRING);
        }
        return new Builtin.Value(
                name,
                parameters,
                Type.STRING,
                space == Space.USER,
                documentation,
                (span, arguments) -> new Expression.LoadString(
                        span,
                        space,
                        arguments.getFirst(),
                        limited ? arguments.get(1) : null,
                        otherwise ? arguments.getLast() : null));
    }

    private static void kernel(List<Builtin> all, String word, int size, boolean signed) {
        var documentation = "The " + word + " at a kernel address; an unreadable one is an error.";
        all.add(number("kernel_" + word, Space.KERNEL, size, signed, false, documentation));
    }

    private static void user(List<Builtin> all, String word, int size, boolean signed) {
        var documentation = "The " + word + " at a user address";
        all.add(number("user_" + word, Space.USER, size, signed, true, documentation + ", 0 if unreadable."));
        all.add(number(
                "user_" + word + "_error",
                Space.USER,
                size,
                signed,
                false,
                documentation + "; an unreadable one is an error."));
    }

    private static Builtin number(
            String name, Space space, int size, boolean signed, boolean zero, String documentation) {
        return new Builtin.Value(
                name,
                List.of(Type.LONG),
                Type.LONG,
                space == Space.USER,
                documentation,
                (span, arguments) -> new Expression.Load(
                        span,
                        space,
                        arguments.getFirst(),
                        size,
                        signed,
                        0,
                        size * Byte.SIZE,
                        zero ? new Expression.LongLiteral(span, 0) : null));
    }
}
