package dev.snapvec;

import java.util.List;

import dev.snapvec.internal.file.FileKind;
import dev.snapvec.internal.type.ivfpq.IvfPqFormat;
import dev.snapvec.internal.type.pq.PqFormat;
import dev.snapvec.internal.type.residual.ResidualFormat;
import dev.snapvec.internal.type.snap.SnapFormat;

/**
 * The index types, by the kinds of their files.
 */
final class TypeRegistry {

	static final List<TypeEntry<?>> TYPES = List.of(
			new TypeEntry<>(SnapSpec.class, SnapFormat.KIND, SnapFormat::readHeader, SnapFormat::new, SnapIndex::new),
			new TypeEntry<>(ResidualSpec.class, ResidualFormat.KIND, ResidualFormat::readHeader, ResidualFormat::new,
					ResidualSnapIndex::new),
			new TypeEntry<>(PqSpec.class, PqFormat.KIND, PqFormat::readHeader, PqFormat::new, PqSnapIndex::new),
			new TypeEntry<>(IvfPqSpec.class, IvfPqFormat.KIND, IvfPqFormat::readHeader, IvfPqFormat::new,
					IvfPqSnapIndex::new));

	/** The kinds of files that can be read. */
	static final List<FileKind> KINDS = TYPES.stream().<FileKind>map(TypeEntry::kind).toList();

	private TypeRegistry() {
	}

	static TypeEntry<?> of(FileKind kind) {
		return TYPES.get(KINDS.indexOf(kind));
	}

}
