/**
 * The library: functions, globals, probe aliases and macros written in the language of probes, of which a script gets what
 * it reaches. Entry class: {@link io.stapscope.compiler.library.Library}.
 */
@NullMarked
package io.stapscope.compiler.library;

import org.jspecify.annotations.NullMarked;
