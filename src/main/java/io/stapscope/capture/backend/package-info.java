/**
 * What PostgreSQL says of its own processes: backend type, database, user and query, to stand beside their pids. Opt-in.
 * Entry class: {@link io.stapscope.capture.backend.Backends}. It knows no capture: captures ask it.
 */
@NullMarked
package io.stapscope.capture.backend;

import org.jspecify.annotations.NullMarked;
