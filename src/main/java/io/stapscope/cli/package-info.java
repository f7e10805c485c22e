/** The command line: {@code stapscope up | login | run | list | check | doctor}. Entry class: {@link io.stapscope.cli.Main}. */
@NullMarked
package io.stapscope.cli;

import org.jspecify.annotations.NullMarked;
