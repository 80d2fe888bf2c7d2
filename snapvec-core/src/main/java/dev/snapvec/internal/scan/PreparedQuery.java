package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.List;

import dev.snapvec.internal.rows.RowLayout;
import org.jspecify.annotations.Nullable;

/**
 * A query as a quantizer turned it into tables, ready to be scanned for. Its memory is
 * kept for the next query. Confined to one thread at a time.
 * <p>
 * A row's score is {@code (list + plane0 + weight * plane1) * scale * norm}, where list
 * is the share of the row's list, and each part counts only if it is used. If a
 * {@link #rescore} is set, the best {@link #pool} rows are scored again by it.
 */
public final class PreparedQuery {

	private static final int BUFFERS = 5;

	private static final int LIST_SCORES = BUFFERS - 1;

	private static final int LIST_RANKS = BUFFERS - 2;

	private final List<PlaneTables> tables = new ArrayList<>();

	private int planes;

	private int scannedPlanes;

	private boolean scaled;

	private boolean normed;

	private final float[][] buffers = new float[BUFFERS][0];

	private int lists;

	private int nprobe;

	private int pool;

	private @Nullable RowScorer rescorer;

	/** Forgets the last query but not its memory. */
	void reset() {
		this.planes = 0;
		this.scannedPlanes = 0;
		this.scaled = false;
		this.normed = false;
		this.nprobe = 0;
		this.pool = 0;
		this.rescorer = null;
	}

	/**
	 * Adds the next plane of the layout to the first pass.
	 * @param layout the index's layout
	 * @return the plane's shares, to be filled: value v of unit u at
	 * {@code u * unitSize + v}
	 */
	public float[] addPlane(RowLayout layout) {
		if (this.tables.size() == this.planes) {
			this.tables.add(new PlaneTables());
		}
		this.scannedPlanes++;
		return this.tables.get(this.planes).reset(layout.planes().get(this.planes++));
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
	 * Scans the first plane alone, without factors, and scores the best rows again by all
	 * planes and factors.
	 * @param pool how many
	 */
	public void rescoreFirstPlane(int pool) {
		rescore(pool, new TableScorer(this, this.planes, this.scaled, this.normed));
		this.scannedPlanes = 1;
		factors(false, false);
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

	/**
	 * Scores the best rows of the first pass again.
	 * @param pool how many
	 * @param scorer gives the final score
	 */
	public void rescore(int pool, RowScorer scorer) {
		this.pool = pool;
		this.rescorer = scorer;
	}

	/**
	 * @return how many planes were added
	 */
	public int planes() {
		return this.planes;
	}

	/** How many planes the first pass reads. */
	int scannedPlanes() {
		return this.scannedPlanes;
	}

	PlaneTables tables(int plane) {
		return this.tables.get(plane);
	}

	boolean scaled() {
		return this.scaled;
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

	@Nullable RowScorer rescorer() {
		return this.rescorer;
	}

}
