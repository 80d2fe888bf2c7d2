/**
 * Semantic search over WordNet in one process: texts are embedded here, found by a
 * snapvec index here, and answered over HTTP.
 */
@NullMarked
package dev.snapvec.sample;

import org.jspecify.annotations.NullMarked;
