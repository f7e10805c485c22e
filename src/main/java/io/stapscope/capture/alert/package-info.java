/** Watches running captures for what their rules say. Entry class: {@link io.stapscope.capture.alert.AlertWatch}. */
@NullMarked
package io.stapscope.capture.alert;

import org.jspecify.annotations.NullMarked;
