/**
 * The use case: start a script, watch it, stop it. Joins compiler, tracer, pipeline and history. Entry class:
 * {@link io.stapscope.capture.CaptureService}. Knows nothing of HTTP.
 */
@NullMarked
package io.stapscope.capture;

import org.jspecify.annotations.NullMarked;
