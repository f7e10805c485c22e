/**
 * Turns the IR of one plan into BPF blueprints: maps, programs, records of the ring buffer. Entry class:
 * {@link io.stapscope.codegen.CodeGenerator}. Pure: the same plan and host give the same instructions. Knows neither
 * the syntax trees nor the live kernel.
 */
@NullMarked
package io.stapscope.codegen;

import org.jspecify.annotations.NullMarked;
