/**
 * The sections of index files, their checksum, and atomic replacement of a file.
 */
@NullMarked
package dev.snapvec.internal.file;

import org.jspecify.annotations.NullMarked;
