/**
 * What one kernel and its binaries offer, as the compiler sees it. Entry class: {@link io.stapscope.host.Host}.
 * The live one is built by {@code kernel.inspect}; tests use recorded ones.
 */
@NullMarked
package io.stapscope.host;

import org.jspecify.annotations.NullMarked;
