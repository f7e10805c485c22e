/**
 * The BPF instruction set and the blueprints of maps, programs and links, as plain data. The same on every machine;
 * file descriptors and type numbers come in only when objects are made from it. Knows nothing else of ours.
 */
@NullMarked
package io.stapscope.bpf;

import org.jspecify.annotations.NullMarked;
