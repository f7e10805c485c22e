/** The tools that come with the product: scripts to run as they are. Entry class: {@link io.stapscope.gallery.Gallery}. */
@NullMarked
package io.stapscope.gallery;

import org.jspecify.annotations.NullMarked;
