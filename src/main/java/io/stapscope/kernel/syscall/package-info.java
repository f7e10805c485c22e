/**
 * The system calls themselves, through JNA: one class of native methods ({@code LibC}), and over it one class per
 * call family. A call returns a value or throws {@link io.stapscope.kernel.syscall.KernelException}. Knows bytes and
 * file descriptors, not what they mean.
 */
@NullMarked
package io.stapscope.kernel.syscall;

import org.jspecify.annotations.NullMarked;
