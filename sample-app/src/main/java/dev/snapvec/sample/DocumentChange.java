package dev.snapvec.sample;

import org.jspecify.annotations.Nullable;

/**
 * What a request did to a document.
 *
 * @param id the document's id
 * @param document the new content, or null if it was deleted
 */
record DocumentChange(String id, @Nullable Entry document) {
}
