/**
 * The way to a PostgreSQL of this machine through its socket file, where it knows by the kernel who asks ("peer"): for JDBC
 * and for Vert.x, which by themselves only know TCP. Entry class: {@link io.stapscope.postgres.socket.SocketFile}.
 */
@NullMarked
package io.stapscope.postgres.socket;

import org.jspecify.annotations.NullMarked;
