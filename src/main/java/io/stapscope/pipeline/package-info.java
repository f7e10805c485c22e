/**
 * From the windows of one run to what people watch: facets, then the live hub. Entry classes:
 * {@link io.stapscope.pipeline.Facets} and {@link io.stapscope.pipeline.LiveHub}. Knows the records of {@code tracer},
 * never how they are stored or sent.
 */
@NullMarked
package io.stapscope.pipeline;

import org.jspecify.annotations.NullMarked;
