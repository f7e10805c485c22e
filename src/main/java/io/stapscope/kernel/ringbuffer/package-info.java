/**
 * Reads the kernel's event ring. {@link io.stapscope.kernel.ringbuffer.RingBufferDescriptor} owns the layout,
 * {@link io.stapscope.kernel.ringbuffer.RingBufferReader} the reading; what records mean is for others.
 */
@NullMarked
package io.stapscope.kernel.ringbuffer;

import org.jspecify.annotations.NullMarked;
