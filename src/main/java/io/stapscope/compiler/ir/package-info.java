/**
 * The typed low-level form of a script: what both back ends, the BPF generator and the user-space interpreter, run.
 * Entry class: {@link io.stapscope.compiler.ir.Plan}. Expressions are pure; every effect is a statement. It knows
 * neither the syntax trees nor the kernel.
 */
@NullMarked
package io.stapscope.compiler.ir;

import org.jspecify.annotations.NullMarked;
