/**
 * Documents: text and metadata that belong to the vectors of an index, and filters on the
 * metadata.
 * <p>
 * A {@link dev.snapvec.documents.MetadataFilter} is a tree of conditions. It is built in
 * Java or {@linkplain dev.snapvec.documents.MetadataFilter#parse(String) parsed} from
 * text, and {@linkplain dev.snapvec.documents.MetadataFilter#matches(java.util.Map)
 * evaluated} against the metadata of a document.
 */
@NullMarked
package dev.snapvec.documents;

import org.jspecify.annotations.NullMarked;
