/**
 * Names of symbols as they are written in C++ and Rust. Entry class: {@link io.stapscope.debuginfo.demangle.Demangler}.
 */
@NullMarked
package io.stapscope.debuginfo.demangle;

import org.jspecify.annotations.NullMarked;
