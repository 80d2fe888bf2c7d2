package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory for preparing a search, reused by the next one. Its content is what the last
 * search left. Not thread-safe.
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
	 * @return an array for the query as a unit vector
	 */
	public float[] query(int length) {
		this.query = ofLength(this.query, length);
		return this.query;
	}

	/**
	 * @param length the dimension of transformed vectors
	 * @return an array for the rotated query
	 */
	public float[] transformed(int length) {
		this.transformed = ofLength(this.transformed, length);
		return this.transformed;
	}

	/**
	 * @param length number of shares
	 * @return an array for the shares of single codes
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

	/**
	 * The tables with a number, which reuse the memory of the last ones with that number.
	 */
	SliceTables tables(int number) {
		if (this.tables.size() == number) {
			this.tables.add(new SliceTables());
		}
		return this.tables.get(number);
	}

}
