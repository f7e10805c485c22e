/** Live maps: made from a {@code bpf.MapSpec}, closed to free them. Entry class: {@link io.stapscope.kernel.map.BpfMap}. */
@NullMarked
package io.stapscope.kernel.map;

import org.jspecify.annotations.NullMarked;
