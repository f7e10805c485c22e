/**
 * Reads machine code as far as probes need it: how long instructions are, how the kernel would run one that a probe replaces,
 * and where near the beginning of a function a probe costs least. Bytes in, answers out. Entry class:
 * {@link io.stapscope.debuginfo.machine.Instructions}.
 */
@NullMarked
package io.stapscope.debuginfo.machine;

import org.jspecify.annotations.NullMarked;
