package dev.snapvec;

import java.util.function.BiFunction;
import java.util.function.Function;

import dev.snapvec.internal.file.FileKind;
import dev.snapvec.internal.type.FileHeader;
import dev.snapvec.internal.type.IndexFormat;

/**
 * Creates the indexes of one type from their files.
 *
 * @param <S> the type of the specs
 * @param specs the class of the specs
 * @param kind magic and version of the files
 * @param header reads the header of a file
 * @param format creates the file format of a spec
 * @param index creates an index
 */
record TypeEntry<S extends IndexSpec>(Class<S> specs, FileKind kind, FileHeader.Reader header,
		Function<S, IndexFormat> format, BiFunction<S, IndexParts, VectorIndex> index) {

	IndexFormat format(IndexSpec spec) {
		return this.format.apply(this.specs.cast(spec));
	}

	VectorIndex index(IndexSpec spec, IndexParts parts) {
		return this.index.apply(this.specs.cast(spec), parts);
	}

}
