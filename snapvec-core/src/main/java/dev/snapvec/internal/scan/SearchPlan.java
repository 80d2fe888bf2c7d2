package dev.snapvec.internal.scan;

import java.util.ArrayList;
import java.util.List;

import dev.snapvec.internal.code.CodeSlices;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a search, made by a quantizer: passes, each of which scores fewer rows more
 * precisely than the one before. The first scans the index, or its best lists; the last
 * is {@link Bound#EXACT}. Not thread-safe. See docs/adr/0013-a-search-is-a-plan.md.
 * <p>
 * A row's score is {@code (list + sum of tables) * factors}, where list is the share of
 * the row's inverted list, if rows belong to lists, and the sum of weighted tables is
 * multiplied by the row's weight.
 */
public final class SearchPlan {

	private final Scratch scratch = new Scratch();

	private final List<Pass> passes = new ArrayList<>();

	private int tables;

	private int lists;

	private int nprobe;

	private float @Nullable [] vector;

	/** Discards the last plan but not its memory. */
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
	 * Creates tables for passes.
	 * @param first number of the first slice that they score
	 * @param code layout of the codes, from that slice on
	 * @return the tables, whose shares are to be filled
	 */
	public SliceTables tables(int first, CodeSlices code) {
		SliceTables tables = this.scratch.tables(this.tables++);
		tables.reset(first, code, false);
		return tables;
	}

	/**
	 * Creates tables whose sum is multiplied by the row's weight.
	 * @param first number of the first slice that they score
	 * @param code layout of the codes, from that slice on
	 * @return the tables, whose shares are to be filled
	 */
	public SliceTables weightedTables(int first, CodeSlices code) {
		SliceTables tables = this.scratch.tables(this.tables++);
		tables.reset(first, code, true);
		return tables;
	}

	/**
	 * Adds passes that estimate the scores of all rows, with certain bounds, and then
	 * score the candidates exactly.
	 * @param factors factors of the sums
	 * @param tables the tables to sum
	 */
	public void scan(Factors factors, List<SliceTables> tables) {
		this.passes.add(new Pass(tables, factors, Bound.CERTAIN, 0));
		exact(factors, tables);
	}

	/**
	 * Adds a pass that selects the best rows by sums that are less precise than those of
	 * later passes.
	 * @param keep minimum number of rows to keep
	 * @param factors factors of the sums
	 * @param tables the tables to sum
	 */
	public void pick(int keep, Factors factors, List<SliceTables> tables) {
		this.passes.add(new Pass(tables, factors, Bound.NONE, keep));
	}

	/**
	 * Adds the last pass: scores rows exactly by tables.
	 * @param factors factors of the sums
	 * @param tables the tables to sum
	 */
	public void exact(Factors factors, List<SliceTables> tables) {
		this.passes.add(new Pass(tables, factors, Bound.EXACT, 0));
	}

	/**
	 * Adds the last pass: scores rows by their float16 vectors.
	 * @param factors factors of the inner products
	 * @param vector the query, transformed like those vectors
	 */
	public void float16(Factors factors, float[] vector) {
		this.vector = vector;
		this.passes.add(new Pass(List.of(), factors, Bound.EXACT, 0));
	}

	/**
	 * Restricts the first pass to the best lists.
	 * @param lists number of lists
	 * @param nprobe number of lists to probe
	 */
	public void probe(int lists, int nprobe) {
		this.lists = lists;
		this.nprobe = nprobe;
	}

	/**
	 * @param lists number of lists
	 * @return the share of each list in the scores of its rows, to be filled
	 */
	public float[] listScores(int lists) {
		return this.scratch.listScores(lists);
	}

	/**
	 * @param lists number of lists
	 * @return the rank of each list, higher is probed earlier, to be filled
	 */
	public float[] listRanks(int lists) {
		return this.scratch.listRanks(lists);
	}

	List<Pass> passes() {
		return this.passes;
	}

	/** The query for float16 vectors, if the last pass scores by those. */
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
