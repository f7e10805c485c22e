/**
 * The JSON of the API as records: the names of their components are the names on the wire. Entry class:
 * {@link io.stapscope.api.message.RunMessage}.
 */
@NullMarked
package io.stapscope.api.message;

import org.jspecify.annotations.NullMarked;
