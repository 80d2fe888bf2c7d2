package dev.snapvec;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one row costs to add, replace or delete, counted in bytes that its thread
 * allocates: a step that copied the index, or a part that grows with it, would show.
 */
class SingleRowCostTests {

	private static final int SMALL = 2_000;

	private static final int LARGE = 20 * SMALL;

	private static final int CALLS = 200;

	static List<IndexCase> types() {
		return IndexCase.types();
	}

	@ParameterizedTest
	@MethodSource("types")
	void isTheSameForALargeIndexAsForASmallOne(IndexCase kind) {
		float[][] vectors = kind.vectors(1, LARGE);
		VectorIndex index = kind.empty();
		index.addAll(TestVectors.ids("id", SMALL), Arrays.copyOf(vectors, SMALL));
		index.compact();
		long[] small = costs(index, "small", vectors);
		index.addAll(TestVectors.ids("more", LARGE), vectors);
		index.compact();
		long[] large = costs(index, "large", vectors);
		for (int call = 0; call < small.length; call++) {
			assertThat(large[call]).as("%s", Arrays.toString(large)).isLessThan(small[call] + 512);
		}
	}

	/** The median bytes of an add, an upsert and a delete. */
	private static long[] costs(VectorIndex index, String prefix, float[][] vectors) {
		return new long[] { median((i) -> index.add(prefix + i, vectors[i])),
				median((i) -> index.upsert(prefix + i, vectors[i + CALLS])), median((i) -> index.delete(prefix + i)) };
	}

	private static long median(IntConsumer call) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long[] bytes = new long[CALLS];
		for (int i = 0; i < CALLS; i++) {
			long before = threads.getCurrentThreadAllocatedBytes();
			call.accept(i);
			bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
		}
		Arrays.sort(bytes);
		return bytes[CALLS / 2];
	}

}
