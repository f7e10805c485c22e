/**
 * Turns an analysed script into IR, then refines it pass by pass: a plan goes in, a better plan comes out. Entry class:
 * {@link io.stapscope.compiler.lowering.Lowering}.
 */
@NullMarked
package io.stapscope.compiler.lowering;

import org.jspecify.annotations.NullMarked;
