/**
 * Live programs: a {@code bpf.ProgramSpec} with this machine's numbers filled in, checked by the verifier. Entry class:
 * {@link io.stapscope.kernel.program.BpfProgram}.
 */
@NullMarked
package io.stapscope.kernel.program;

import org.jspecify.annotations.NullMarked;
