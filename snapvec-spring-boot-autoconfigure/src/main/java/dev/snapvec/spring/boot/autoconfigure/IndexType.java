package dev.snapvec.spring.boot.autoconfigure;

import java.util.Locale;
import java.util.stream.Stream;

import dev.snapvec.IvfPqSnapIndex;
import dev.snapvec.PqSnapIndex;
import dev.snapvec.ResidualSnapIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;

/**
 * The types of index that can be configured.
 *
 * @since 0.1.0
 */
public enum IndexType {

	/**
	 * No training; a random rotation and 2 to 4 bits a coordinate.
	 */
	SNAP(SnapIndex.class, new SnapIndexFactory()),

	/**
	 * No training; 4 to 8 bits a coordinate in two stages, the most exact.
	 */
	RESIDUAL(ResidualSnapIndex.class, new ResidualSnapIndexFactory()),

	/**
	 * Learns codes from a sample; the smallest.
	 */
	PQ(PqSnapIndex.class, new PqSnapIndexFactory()),

	/**
	 * Learns codes and lists from a sample, and scans some of the lists; the fastest.
	 */
	IVF_PQ(IvfPqSnapIndex.class, new IvfPqSnapIndexFactory());

	private final Class<? extends VectorIndex> indexes;

	private final IndexFactory<?> factory;

	IndexType(Class<? extends VectorIndex> indexes, IndexFactory<?> factory) {
		this.indexes = indexes;
		this.factory = factory;
	}

	IndexFactory<?> factory() {
		return this.factory;
	}

	static IndexType of(VectorIndex index) {
		return Stream.of(values()).filter((type) -> type.indexes.isInstance(index)).findFirst().orElseThrow();
	}

	/** As it is written in the properties. */
	String value() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
