package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.List;

import dev.snapvec.internal.code.CodeSlices;
import org.jspecify.annotations.Nullable;

/**
 * A search as a quantizer planned it: passes, each of which scores fewer rows more
 * exactly than the one before. The first scans the index, or its best lists; the last is
 * {@link Bound#EXACT}. Confined to one thread at a time.
 * <p>
 * A row's score is {@code (list + sum of tables) * factors}, where list is the share of
 * the row's list, if rows belong to lists, and what weighted tables give is multiplied by
 * the row's weight.
 */
public final class SearchPlan {

	private final Scratch scratch = new Scratch();

	private final List<Pass> passes = new ArrayList<>();

	private int tables;

	private int lists;

	private int nprobe;

	private float @Nullable [] vector;

	/** Forgets the last search but not its memory. */
	void reset() {
		this.passes.clear();
		this.tables = 0;
		this.lists = 0;
		this.nprobe = 0;
		this.vector = null;
	}

	/**
	 * @return memory to prepare the search in
	 */
	public Scratch scratch() {
		return this.scratch;
	}

	/**
	 * Makes tables for passes.
	 * @param first the number of the first slice that they score
	 * @param code how codes are cut, from that slice on
	 * @return the tables, whose shares are to be filled
	 */
	public SliceTables tables(int first, CodeSlices code) {
		SliceTables tables = this.scratch.tables(this.tables++);
		tables.reset(first, code, false);
		return tables;
	}

	/**
	 * Makes tables whose sum is multiplied by the row's weight.
	 * @param first the number of the first slice that they score
	 * @param code how codes are cut, from that slice on
	 * @return the tables, whose shares are to be filled
	 */
	public SliceTables weightedTables(int first, CodeSlices code) {
		SliceTables tables = this.scratch.tables(this.tables++);
		tables.reset(first, code, true);
		return tables;
	}

	/**
	 * Estimates the scores of all rows, with bounds that are certain, and then scores
	 * those exactly that may be among the best.
	 * @param factors what sums are multiplied by
	 * @param tables tables of what is summed
	 */
	public void scan(Factors factors, List<SliceTables> tables) {
		this.passes.add(new Pass(tables, factors, Bound.CERTAIN, 0));
		exact(factors, tables);
	}

	/**
	 * Picks the best rows by sums that tell less than those of the passes that follow.
	 * @param keep how many rows at least
	 * @param factors what sums are multiplied by
	 * @param tables tables of what is summed
	 */
	public void pick(int keep, Factors factors, List<SliceTables> tables) {
		this.passes.add(new Pass(tables, factors, Bound.NONE, keep));
	}

	/**
	 * Scores rows exactly by tables, as the last pass.
	 * @param factors what sums are multiplied by
	 * @param tables tables of what is summed
	 */
	public void exact(Factors factors, List<SliceTables> tables) {
		this.passes.add(new Pass(tables, factors, Bound.EXACT, 0));
	}

	/**
	 * Scores rows by their float16 vectors, as the last pass.
	 * @param factors what inner products are multiplied by
	 * @param vector the query as those vectors are transformed
	 */
	public void float16(Factors factors, float[] vector) {
		this.vector = vector;
		this.passes.add(new Pass(List.of(), factors, Bound.EXACT, 0));
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
		return this.scratch.listScores(lists);
	}

	/**
	 * @param lists how many there are
	 * @return how good each list is to scan, to be filled
	 */
	public float[] listRanks(int lists) {
		return this.scratch.listRanks(lists);
	}

	List<Pass> passes() {
		return this.passes;
	}

	/** The query for float16 vectors, if these have the last word. */
	float @Nullable [] vector() {
		return this.vector;
	}

	boolean partitioned() {
		return this.nprobe > 0;
	}

	int lists() {
		return this.lists;
	}

	float[] listScores() {
		return this.scratch.listScores(this.lists);
	}

	float[] listRanks() {
		return this.scratch.listRanks(this.lists);
	}

	int nprobe() {
		return this.nprobe;
	}

}
