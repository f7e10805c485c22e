/**
 * A PostgreSQL server of our own for a machine without one, unpacked from a jar. Entry class:
 * {@link io.stapscope.postgres.EmbeddedPostgres}. Knows nothing else of ours, and no framework but the JDBC driver.
 */
@NullMarked
package io.stapscope.postgres;

import org.jspecify.annotations.NullMarked;
