/**
 * Hibernate's view of scripts, hosts, captures and series. Mutable and for {@code history} alone; Hibernate fills the
 * fields, so nothing here is null-checked.
 */
package io.stapscope.history.entity;
