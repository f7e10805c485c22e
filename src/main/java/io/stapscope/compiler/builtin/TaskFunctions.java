package io.stapscope.compiler.builtin;

import io.stapscope.compiler.ir.BuiltinFunction;
import io.stapscope.compiler.ir.ContextValue;
import io.stapscope.compiler.ir.Expression;
import java.util.List;

/** What the current thread is. */
final class TaskFunctions {
    private TaskFunctions() {}

    static List<Builtin> all() {
        return List.of(
                context("execname", ContextValue.EXECNAME, "Name of the current thread, at most 15 bytes."),
                context("pid", ContextValue.PID, "Process id of the current thread (its thread group)."),
                context("tid", ContextValue.TID, "Thread id of the current thread."),
                context("ppid", ContextValue.PPID, "Process id of the parent of the current process."),
                context("uid", ContextValue.UID, "User id of the current thread."),
                context("gid", ContextValue.GID, "Group id of the current thread."),
                context("user_mode", ContextValue.USER_MODE, "Whether the hit interrupted a program, not the kernel."),
                context(
                        "addr",
                        ContextValue.ADDRESS,
                        "Address of the instruction that was interrupted, 0 if none was."),
                context("uaddr", ContextValue.USER_ADDRESS, "Address of the program's instruction behind the hit."),
                context("task_current", ContextValue.TASK, "Address of the task_struct of the current thread."),
                context("cpu", ContextValue.CPU, "Number of the CPU the handler runs on."),
                call(
                        BuiltinFunction.IN_TARGET_SET,
                        "Whether a process is the target (-x or -c) or one of its descendants."),
                call(
                        BuiltinFunction.TASK_OF,
                        "Address of the task_struct of a thread id, 0 when there is none; only where something is hit."));
    }

    private static Builtin call(BuiltinFunction function, String documentation) {
        return Builtin.Value.of(
                function.word(),
                function.parameters(),
                function.result(),
                documentation,
                (span, arguments) -> new Expression.Builtin(span, function, arguments));
    }

    static Builtin context(String name, ContextValue value, String documentation) {
        return Builtin.Value.of(
                name, List.of(), value.type(), documentation, (span, _) -> new Expression.Context(span, value));
    }
}
