/**
 * From the text of a script to a plan that runs on one host, or to diagnostics. Entry class: {@link
 * io.stapscope.compiler.Compiler}, which lists the passes in order. No files, no clock, no threads.
 */
@NullMarked
package io.stapscope.compiler;

import org.jspecify.annotations.NullMarked;
