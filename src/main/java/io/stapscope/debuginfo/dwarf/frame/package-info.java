/**
 * Call frame information: where the caller's frame and registers are at any instruction, from {@code .eh_frame} and
 * {@code .debug_frame}. Entry class: {@link io.stapscope.debuginfo.dwarf.frame.CallFrames}.
 */
@NullMarked
package io.stapscope.debuginfo.dwarf.frame;

import org.jspecify.annotations.NullMarked;
