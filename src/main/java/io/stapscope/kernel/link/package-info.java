/**
 * Live connections between programs and the places they run at; closing one detaches. Never pinned and always
 * close-on-exec, so that the end of this process, however it comes, detaches too.
 */
@NullMarked
package io.stapscope.kernel.link;

import org.jspecify.annotations.NullMarked;
