package io.stapscope.syscalls;

import java.util.StringJoiner;

/** The arguments of clone, which are written by their names and not in their order. */
final class CloneText {
    private static final int HAS_CHILD_TID = 0x1200000;
    private static final int HAS_PARENT_TID = 0x101000;
    private static final int HAS_TLS = 0x80000;

    private CloneText() {}

    static String of(Call call, SyscallDescription description, SyscallTables tables) {
        long flags = call.argument(0);
        var argument = description.forms().getFirst().arguments().getFirst();
        // Two architectures of three swap the last two registers.
        boolean swapped = tables.number("fork").isEmpty();
        var text = new StringJoiner(", ")
                .add("child_stack=" + Arguments.pointer(call.argument(1)))
                .add("flags=" + argument.kind().text(call, 0));
        if ((flags & HAS_PARENT_TID) != 0) {
            text.add("parent_tid=" + Arguments.pointer(call.argument(2)));
        }
        if ((flags & HAS_TLS) != 0) {
            text.add("tls=" + Arguments.pointer(call.argument(swapped ? 3 : 4)));
        }
        if ((flags & HAS_CHILD_TID) != 0) {
            text.add("child_tidptr=" + Arguments.pointer(call.argument(swapped ? 4 : 3)));
        }
        return text.toString();
    }
}
