package dev.snapvec.internal.scan;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.rows.RowBlock;
import dev.snapvec.internal.rows.View;

/**
 * Scores rows by their float16 vectors. All vectors are touched before the first is used,
 * so that the cache misses overlap.
 */
final class Float16Scorer implements RowScorer {

	/** Numbers per cache line. */
	private static final int LINE = 32;

	private final VectorOps ops;

	private float[] query = {};

	private Factors factors = Factors.NONE;

	/** Depends on what is read ahead; otherwise the compiler would eliminate that. */
	private int seen;

	Float16Scorer(VectorOps ops) {
		this.ops = ops;
	}

	Float16Scorer of(float[] query, Factors factors) {
		this.query = query;
		this.factors = factors;
		return this;
	}

	@Override
	public void score(View view, int[] rows, int count, float[] scores) {
		prefetch(view, rows, count);
		for (int i = 0; i < count; i++) {
			scores[i] = score(view, rows[i]);
		}
	}

	private void prefetch(View view, int[] rows, int count) {
		int width = this.query.length;
		int seen = 0;
		for (int i = 0; i < count; i++) {
			short[] float16 = view.block(rows[i]).float16();
			int from = Groups.inBlock(rows[i]) * width;
			for (int at = from; at < from + width; at += LINE) {
				seen += float16[at];
			}
		}
		this.seen = seen;
	}

	private float score(View view, int row) {
		RowBlock block = view.block(row);
		int inBlock = Groups.inBlock(row);
		float product = this.ops.dot(this.query, block.float16(), inBlock * this.query.length);
		return this.factors.score(product, block, inBlock);
	}

}
