package io.stapscope.compiler.ir;

import io.stapscope.compiler.type.Type;
import java.util.List;

/** The built-in functions without effects that are not context values. Division for time units is plain arithmetic. */
public enum BuiltinFunction {
    /** Bytes of a string. */
    STRLEN("strlen", Type.LONG, List.of(Type.STRING)),
    /** {@code substr(s, start, length)}, in bytes; "" when start lies outside. */
    SUBSTR("substr", Type.STRING, List.of(Type.STRING, Type.LONG, Type.LONG)),
    /** The NUL-terminated string at a user address; a fault is a soft error. Only in kernel code and captures. */
    USER_STRING("user_string", Type.STRING, List.of(Type.LONG)),
    /** As USER_STRING with a text to give on a fault. */
    USER_STRING_OR("user_string", Type.STRING, List.of(Type.LONG, Type.STRING)),
    /** Whether a process is the target or one of its descendants: 1 or 0. */
    IN_TARGET_SET("target_set_pid", Type.LONG, List.of(Type.LONG)),
    /** Address of the {@code task_struct} of a thread, 0 when there is none. Only in kernel code and captures. */
    TASK_OF("pid2task", Type.LONG, List.of(Type.LONG)),
    /** A register of the program behind the hit, by the number DWARF gives it. Only in kernel code and captures. */
    USER_REGISTER("@uregister", Type.LONG, List.of(Type.LONG)),
    /** All arguments of a system call from its snapshot; only user space can write them. */
    SYSCALL_ARGUMENTS("argstr", Type.STRING, List.of(Type.STRING)),
    /** One variable of a system call from its snapshot, by its name; only user space can write it. */
    SYSCALL_VARIABLE("argument", Type.STRING, List.of(Type.STRING, Type.STRING)),
    /** The result of a system call, from its number and the register; only user space can write it. */
    SYSCALL_RESULT("retstr", Type.STRING, List.of(Type.LONG, Type.LONG));

    private final String word;
    private final Type result;
    private final List<Type> parameters;

    BuiltinFunction(String word, Type result, List<Type> parameters) {
        this.word = word;
        this.result = result;
        this.parameters = parameters;
    }

    /** Whether the kernel cannot compute it: a handler that does runs after the hit. */
    public boolean isOnlyInUserSpace() {
        return switch (this) {
            case SYSCALL_ARGUMENTS, SYSCALL_VARIABLE, SYSCALL_RESULT -> true;
            case STRLEN, SUBSTR, USER_STRING, USER_STRING_OR, IN_TARGET_SET, TASK_OF, USER_REGISTER -> false;
        };
    }

    /** The name in scripts. */
    public String word() {
        return word;
    }

    public Type result() {
        return result;
    }

    public List<Type> parameters() {
        return parameters;
    }
}
