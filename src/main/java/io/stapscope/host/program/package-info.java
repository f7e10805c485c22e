/**
 * What one program or library offers to probes: functions, lines, labels, marks, variables. Addresses are those of the file,
 * before relocation, unless they are called offsets: those count bytes of the file. Entry class:
 * {@link io.stapscope.host.program.Program}.
 */
@NullMarked
package io.stapscope.host.program;

import org.jspecify.annotations.NullMarked;
