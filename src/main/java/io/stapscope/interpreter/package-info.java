/**
 * Runs the IR in user space: begin, end, error and timer handlers, and the deferred bodies of process handlers. Entry
 * class: {@link io.stapscope.interpreter.Interpreter}. It knows neither the kernel nor the tracer: values of globals, of
 * the hit and of the run come through {@link io.stapscope.interpreter.GlobalStore},
 * {@link io.stapscope.interpreter.HitContext} and {@link io.stapscope.interpreter.SessionFacts}.
 */
@NullMarked
package io.stapscope.interpreter;

import org.jspecify.annotations.NullMarked;
