/**
 * Semantic search over WordNet in one process: texts are embedded, indexed with snapvec
 * and searched over HTTP.
 */
@NullMarked
package dev.snapvec.sample;

import org.jspecify.annotations.NullMarked;
