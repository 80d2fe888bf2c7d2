package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.List;

import dev.snapvec.internal.code.Plane;
import org.jspecify.annotations.Nullable;

/**
 * A query as a quantizer turned it into tables, ready to be scanned for. Its memory is
 * kept for the next query. Confined to one thread at a time.
 * <p>
 * A row's score is {@code (list + plane0 + weight * plane1) * scale * norm}, where list
 * is the share of the row's list, and each part counts only if it is used. The best
 * {@link #pool} rows of a coarser first pass may be scored again.
 */
public final class PreparedQuery {

	private static final int BUFFERS = 5;

	private static final int LIST_SCORES = BUFFERS - 1;

	private static final int LIST_RANKS = BUFFERS - 2;

	private final List<PlaneTables> tables = new ArrayList<>();

	private int planes;

	private boolean scaled;

	private boolean normed;

	private boolean zeroed;

	private final float[][] buffers = new float[BUFFERS][0];

	private int lists;

	private int nprobe;

	private int pool;

	private boolean firstPlaneAlone;

	private float @Nullable [] vector;

	/** Forgets the last query but not its memory. */
	void reset() {
		this.planes = 0;
		this.scaled = false;
		this.normed = false;
		this.zeroed = false;
		this.nprobe = 0;
		this.pool = 0;
		this.firstPlaneAlone = false;
		this.vector = null;
	}

	/**
	 * Adds the next plane of the rows.
	 * @param plane how its codes are to be read
	 * @return the plane's shares, to be filled: value v of unit u at
	 * {@code u * unitSize + v}
	 */
	public float[] addPlane(Plane plane) {
		if (this.tables.size() == this.planes) {
			this.tables.add(new PlaneTables());
		}
		return this.tables.get(this.planes++).reset(plane);
	}

	/**
	 * @param scaled whether scores are multiplied by the row's scale
	 * @param normed whether scores are multiplied by the row's norm
	 */
	public void factors(boolean scaled, boolean normed) {
		this.scaled = scaled;
		this.normed = normed;
	}

	/**
	 * Makes the scores of rows of norm 0 zero, where they are not multiplied by a factor
	 * that does.
	 */
	public void zeroRowsWithoutNorm() {
		this.zeroed = true;
	}

	/**
	 * Scans the first plane alone, without factors, and scores the best rows again by all
	 * planes and factors.
	 * @param pool how many
	 */
	public void rescoreFirstPlane(int pool) {
		this.pool = pool;
		this.firstPlaneAlone = true;
	}

	/**
	 * Scores the best rows of the first pass again, by their float16 vectors.
	 * @param pool how many
	 * @param vector the query as those vectors are transformed
	 */
	public void rescoreByFloat16(int pool, float[] vector) {
		this.pool = pool;
		this.vector = vector;
	}

	/**
	 * Lends memory for numbers.
	 * @param which 0 to 2, each its own
	 * @param length how many
	 * @return an array of that length, with anything in it
	 */
	public float[] buffer(int which, int length) {
		if (this.buffers[which].length != length) {
			this.buffers[which] = new float[length];
		}
		return this.buffers[which];
	}

	/**
	 * Restricts the first pass to the best lists.
	 * @param lists how many there are
	 * @param nprobe how many of them to scan
	 */
	public void probe(int lists, int nprobe) {
		this.lists = lists;
		this.nprobe = nprobe;
	}

	/**
	 * @param lists how many there are
	 * @return what belonging to each list gives to a row's score, to be filled
	 */
	public float[] listScores(int lists) {
		return buffer(LIST_SCORES, lists);
	}

	/**
	 * @param lists how many there are
	 * @return how good each list is to scan, to be filled
	 */
	public float[] listRanks(int lists) {
		return buffer(LIST_RANKS, lists);
	}

	/** What rows are scored by at first. */
	Stage firstStage() {
		return this.firstPlaneAlone ? new Stage(1, false, false, false, true)
				: new Stage(this.planes, this.scaled, this.normed, this.zeroed, this.vector != null);
	}

	/** What rows are scored by as well as planes can tell. */
	Stage allPlanes() {
		return new Stage(this.planes, this.scaled, this.normed, this.zeroed, false);
	}

	boolean firstPlaneAlone() {
		return this.firstPlaneAlone;
	}

	/** The query for float16 vectors, if these have the last word. */
	float @Nullable [] vector() {
		return this.vector;
	}

	PlaneTables tables(int plane) {
		return this.tables.get(plane);
	}

	boolean normed() {
		return this.normed;
	}

	boolean partitioned() {
		return this.nprobe > 0;
	}

	int lists() {
		return this.lists;
	}

	float[] listScores() {
		return this.buffers[LIST_SCORES];
	}

	float[] listRanks() {
		return this.buffers[LIST_RANKS];
	}

	int nprobe() {
		return this.nprobe;
	}

	int pool() {
		return this.pool;
	}

}
