/**
 * Finds out what this kernel accepts, by trying. Entry class: {@link io.stapscope.kernel.feature.FeatureProbe}. Leaves
 * nothing behind.
 */
@NullMarked
package io.stapscope.kernel.feature;

import org.jspecify.annotations.NullMarked;
