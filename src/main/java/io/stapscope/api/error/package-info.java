/** Errors as the API answers them. Entry class: {@link io.stapscope.api.error.ApiException}. */
@NullMarked
package io.stapscope.api.error;

import org.jspecify.annotations.NullMarked;
