package dev.snapvec.spring.boot.autoconfigure;

/**
 * The types of index that can be configured.
 */
public enum IndexType {

	/**
	 * No training; a random rotation and 2 to 4 bits a coordinate.
	 */
	SNAP(new SnapIndexFactory());

	private final IndexFactory factory;

	IndexType(IndexFactory factory) {
		this.factory = factory;
	}

	IndexFactory factory() {
		return this.factory;
	}

}
