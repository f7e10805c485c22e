/** Sends what running captures count to a collector of OpenTelemetry. Entry class: {@link io.stapscope.capture.otlp.OtlpPush}. */
@NullMarked
package io.stapscope.capture.otlp;

import org.jspecify.annotations.NullMarked;
