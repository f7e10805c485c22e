/**
 * What system calls mean: the names and kinds of their arguments, what of the caller's memory a program has to fetch at
 * the entry to write them as {@code strace} does, and the text itself. Everything is made from tables among our
 * resources; nothing here asks the machine.
 *
 * <p>A {@link io.stapscope.syscalls.FetchPlan} is what the kernel side follows; the bytes it sends are laid out as
 * {@link io.stapscope.syscalls.SnapshotLayout} says; {@link io.stapscope.syscalls.SyscallText} reads them.
 */
@NullMarked
package io.stapscope.syscalls;

import org.jspecify.annotations.NullMarked;
