package io.stapscope.compiler.lowering;

import io.stapscope.compiler.ir.Expression;
import io.stapscope.compiler.ir.Global.KeyKind;
import io.stapscope.compiler.ir.LibraryFunction;
import io.stapscope.compiler.ir.Plan;
import org.jspecify.annotations.Nullable;

/** Finds what a key stands for (a process, a system call), so that a view can name it; PLAIN when it is mixed. */
final class KeyKinds extends DataFlow<KeyKind> {
    KeyKinds(Plan plan) {
        super(plan);
        run();
    }

    @Override
    boolean countsLookups() {
        return false;
    }

    @Override
    KeyKind merge(KeyKind one, KeyKind other) {
        return one == other ? one : KeyKind.PLAIN;
    }

    @Override
    @Nullable
    KeyKind of(Expression expression) {
        return switch (expression) {
            case Expression.Context e ->
                switch (e.value()) {
                    case EXECNAME -> KeyKind.EXECNAME;
                    case PID, PPID, TARGET -> KeyKind.PID;
                    case TID -> KeyKind.TID;
                    case UID -> KeyKind.UID;
                    case CPU -> KeyKind.CPU;
                    case SYSCALL -> KeyKind.SYSCALL;
                    case GID, TIME_NANOS, RETURN, TASK, USER_MODE, ADDRESS, USER_ADDRESS, SITE, RELOCATION, INPUT ->
                        KeyKind.PLAIN;
                };
            case Expression.ReadLocal e -> local(e.local());
            case Expression.ReadGlobal e -> global(e.global());
            case Expression.Entry e -> entry(e.slot());
            case Expression.Library e
            when e.function() == LibraryFunction.STACK_ADDRESSES ->
                e.arguments().get(1) instanceof Expression.LongLiteral ? KeyKind.STACK : KeyKind.USTACK;
            case Expression.Conditional e -> either(of(e.then()), of(e.otherwise()));
            case Expression _ -> KeyKind.PLAIN;
        };
    }
}
