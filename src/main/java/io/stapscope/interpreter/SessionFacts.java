package io.stapscope.interpreter;

import io.stapscope.host.SymbolSource;
import io.stapscope.interpreter.library.StackBook;
import io.stapscope.syscalls.SyscallTables;
import io.stapscope.syscalls.SyscallText;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * What every handler of a run may ask.
 *
 * @param targetPid target process (-x or -c), 0 without one
 * @param wallNanos nanoseconds since 1970, now
 * @param calls writes system calls
 * @param symbols names addresses
 * @param stacks keeps whose the stacks are that scripts hold as text
 * @param targets whether a process is the target or one of its descendants
 */
public record SessionFacts(
        long targetPid,
        LongSupplier wallNanos,
        SyscallText calls,
        SymbolSource symbols,
        StackBook stacks,
        LongPredicate targets) {
    /** Of a run on a kernel whose system calls have no names. */
    public SessionFacts(long targetPid, LongSupplier wallNanos) {
        this(
                targetPid,
                wallNanos,
                new SyscallText(SyscallTables.nameless()),
                SymbolSource.NONE,
                new StackBook(SymbolSource.NONE),
                pid -> pid == targetPid);
    }
}
