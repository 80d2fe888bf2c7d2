package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * The memory it takes to prepare a search, kept for the next one. What is in it is
 * whatever the last search left. Confined to one thread at a time.
 */
public final class Scratch {

	private final List<SliceTables> tables = new ArrayList<>();

	private float[] query = {};

	private float[] transformed = {};

	private float[] shares = {};

	private float[] listScores = {};

	private float[] listRanks = {};

	private static float[] ofLength(float[] numbers, int length) {
		return (numbers.length == length) ? numbers : new float[length];
	}

	/**
	 * @param length the dimension of an index
	 * @return room for a query as a unit vector
	 */
	public float[] query(int length) {
		this.query = ofLength(this.query, length);
		return this.query;
	}

	/**
	 * @param length the dimension of transformed vectors
	 * @return room for a query that is rotated
	 */
	public float[] transformed(int length) {
		this.transformed = ofLength(this.transformed, length);
		return this.transformed;
	}

	/**
	 * @param length how many
	 * @return room for the shares of single codes
	 */
	public float[] shares(int length) {
		this.shares = ofLength(this.shares, length);
		return this.shares;
	}

	float[] listScores(int lists) {
		this.listScores = ofLength(this.listScores, lists);
		return this.listScores;
	}

	float[] listRanks(int lists) {
		this.listRanks = ofLength(this.listRanks, lists);
		return this.listRanks;
	}

	/** The tables of a number, with the memory of those that had it before. */
	SliceTables tables(int number) {
		if (this.tables.size() == number) {
			this.tables.add(new SliceTables());
		}
		return this.tables.get(number);
	}

}
