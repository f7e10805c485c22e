/** Tables as files for other tools. Entry class: {@link io.stapscope.api.table.TableFile}. */
@NullMarked
package io.stapscope.api.table;

import org.jspecify.annotations.NullMarked;
