package io.stapscope.compiler.builtin;

import java.util.List;

/** Arguments of what is probed by their position, for points whose arguments have no names. */
final class ArgumentFunctions {
    private ArgumentFunctions() {}

    static List<Builtin> all() {
        return List.of(
                argument("int_arg", 4, true),
                argument("uint_arg", 4, false),
                argument("long_arg", 8, true),
                argument("ulong_arg", 8, false),
                argument("longlong_arg", 8, true),
                argument("ulonglong_arg", 8, false),
                argument("pointer_arg", 8, false),
                argument("s32_arg", 4, true),
                argument("u32_arg", 4, false),
                argument("s64_arg", 8, true),
                argument("u64_arg", 8, false));
    }

    private static Builtin argument(String name, int bytes, boolean signed) {
        return new Builtin.OfArguments(
                name,
                bytes,
                signed,
                "Argument of what is probed by its position from 1, as " + (signed ? "a signed" : "an unsigned")
                        + " number of " + bytes + " bytes.");
    }
}
