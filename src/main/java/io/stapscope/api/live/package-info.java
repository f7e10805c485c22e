/**
 * The live stream of a run: what goes over the WebSocket and how it is put into bytes. Entry classes:
 * {@code RunStream} and {@link io.stapscope.api.live.FrameEncoder}.
 */
@NullMarked
package io.stapscope.api.live;

import org.jspecify.annotations.NullMarked;
