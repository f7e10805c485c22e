/**
 * The REST resources under {@code /api/v1}. Entry class: {@link io.stapscope.api.RunResource}. The records they speak are
 * in {@code api.message}, the live stream in {@code api.live}, files for other tools in {@code api.table}, who may speak in
 * {@code api.security}.
 */
@NullMarked
package io.stapscope.api;

import org.jspecify.annotations.NullMarked;
