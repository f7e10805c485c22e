/**
 * What an editor asks about a script that is being written: completion, hover, definitions. Works on broken texts too. Entry
 * class: {@link io.stapscope.compiler.service.EditorServices}.
 */
@NullMarked
package io.stapscope.compiler.service;

import org.jspecify.annotations.NullMarked;
