/**
 * Index files: their sections, their checksum, and their atomic replacement.
 * <p>
 * <b>Terms.</b> A {@link dev.snapvec.internal.file.FileKind} is magic and newest version
 * of a type's files. A <i>section</i> holds one part of all rows, such as
 * {@link dev.snapvec.internal.file.ByteCodes},
 * {@link dev.snapvec.internal.file.NormSection} or
 * {@link dev.snapvec.internal.file.IdSection}. The {@code Trailer} is the checksum.
 * <p>
 * <b>One file</b>, little-endian, from its start to its end: magic and version, the
 * header of its type, trained parameters ({@link dev.snapvec.internal.file.FloatMatrix}),
 * sections of codes and numbers in row order, the ids, the
 * {@link dev.snapvec.internal.file.Attributes}, the trailer. Header and order of the
 * sections belong to the {@code IndexFormat} of the type, in a package below
 * {@code dev.snapvec.internal.type}; the rest is the same for all types.
 * <ul>
 * <li>Writing: {@link dev.snapvec.internal.file.AtomicFile} writes a temporary file
 * through a {@link dev.snapvec.internal.file.FileSink}, which computes the checksum,
 * forces it to disk, moves it over the old file and forces the directory to disk. All
 * operations that make files durable go through {@link dev.snapvec.internal.file.Disk}.
 * <li>Reading: {@link dev.snapvec.internal.file.FileSource} reads the header, skips the
 * sections, and then reads them in parallel into a
 * {@link dev.snapvec.internal.rows.RowLoader}. Nothing is allocated before it is known
 * that the rest of the file is large enough for it. A value that violates the format is a
 * {@link dev.snapvec.internal.file.MalformedFileException}, to which the caller adds the
 * path.
 * </ul>
 * The bytes are specified in docs/formats.md. See docs/adr/0003-files-without-checksum.md
 * and docs/adr/0004-errors-of-files.md.
 */
@NullMarked
package dev.snapvec.internal.file;

import org.jspecify.annotations.NullMarked;
