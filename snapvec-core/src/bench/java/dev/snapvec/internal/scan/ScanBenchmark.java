package dev.snapvec.internal.scan;

import java.util.SplittableRandom;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Groups;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Estimating the scores of rows by their codes, a run of groups after the other: time and
 * bytes of a row.
 */
public class ScanBenchmark extends KernelBenchmark {

	private static final int GROUPS = 16;

	private static final int RUN = GROUPS * Groups.GROUP;

	/** Of which index the codes are; two bits are read as nibbles are. */
	@Param
	public Codes codes;

	/** Few enough for the second-level cache, and too many for the third-level one. */
	@Param({ "1024", "262144" })
	public int rows;

	private Kernel scanning;

	private final SliceTables tables = new SliceTables();

	/** A run each. */
	private byte[][] runs;

	private int next;

	private final int[] groups = new int[GROUPS];

	private final long[] counting = new long[GROUPS];

	private final float[] scores = new float[RUN];

	@Setup
	public void prepare() {
		this.scanning = kernel();
		this.codes.fill(this.tables);
		this.scanning.prepare(this.tables);
		this.runs = new byte[this.rows / RUN][RUN * this.codes.slices().columns()];
		SplittableRandom random = new SplittableRandom(1);
		for (byte[] run : this.runs) {
			random.nextBytes(run);
		}
		for (int g = 0; g < GROUPS; g++) {
			this.groups[g] = g;
			this.counting[g] = -1;
		}
	}

	@Benchmark
	@OperationsPerInvocation(RUN)
	public float[] score() {
		this.next = (this.next + 1) % this.runs.length;
		this.scanning.score(this.tables, this.runs[this.next], this.groups, this.counting, GROUPS, this.scores);
		return this.scores;
	}

	/**
	 * The packings, as wide as vectors of 384 coordinates need them.
	 */
	public enum Codes {

		/** {@code SnapIndex} of 4 bits, whose vectors are padded to 512 coordinates. */
		SNAP4(CodeSlices.of(512, 4)),

		/** {@code SnapIndex} of 3 bits. */
		SNAP3(CodeSlices.of(512, 3)),

		/** {@code PqSnapIndex} of 192 subspaces and 256 centroids. */
		PQ192(CodeSlices.of(192, Byte.SIZE)),

		/**
		 * The first pass over such codes before full precision, which reads half of each.
		 */
		PQ192_HIGH(CodeSlices.cut(192, 4, 4).only(0));

		private final CodeSlices slices;

		Codes(CodeSlices slices) {
			this.slices = slices;
		}

		CodeSlices slices() {
			return this.slices;
		}

		/** Gives tables the shares of a made query. */
		void fill(SliceTables tables) {
			float[] shares = tables.reset(this.slices);
			float[] values = randoms(tables.slice().units() * tables.slice().unitSize());
			System.arraycopy(values, 0, shares, 0, values.length);
		}

	}

}
