package dev.snapvec.spring.boot.autoconfigure;

import java.util.Locale;

/**
 * The types of index that can be configured.
 */
public enum IndexType {

	/**
	 * No training; a random rotation and 2 to 4 bits a coordinate.
	 */
	SNAP(new SnapIndexFactory()),

	/**
	 * No training; 4 to 8 bits a coordinate in two stages, the most exact.
	 */
	RESIDUAL(new ResidualSnapIndexFactory()),

	/**
	 * Learns codes from a sample; the smallest.
	 */
	PQ(new PqSnapIndexFactory()),

	/**
	 * Learns codes and lists from a sample, and scans some of the lists; the fastest.
	 */
	IVF_PQ(new IvfPqSnapIndexFactory());

	private final IndexFactory<?> factory;

	IndexType(IndexFactory<?> factory) {
		this.factory = factory;
	}

	IndexFactory<?> factory() {
		return this.factory;
	}

	/** As it is written in the properties. */
	String value() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
