/** What the compiler tells the user, with its place and a next step. Entry class: {@link io.stapscope.compiler.diagnostic.Diagnostic}. */
@NullMarked
package io.stapscope.compiler.diagnostic;

import org.jspecify.annotations.NullMarked;
