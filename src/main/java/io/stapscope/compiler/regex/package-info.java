/**
 * POSIX extended regular expressions over byte strings, without back-references: what stands right of {@code =~}. Entry
 * class: {@link io.stapscope.compiler.regex.Regex}. A search takes time linear in the text; nothing backtracks.
 */
@NullMarked
package io.stapscope.compiler.regex;

import org.jspecify.annotations.NullMarked;
