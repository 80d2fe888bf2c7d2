package dev.snapvec.spring.boot.metrics;

import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the meters add to a search, as docs/operations.md has it.
 */
@Tag("slow")
class SearchMeterCostTests {

	private static final int SEARCHES = 2_000_000;

	private static final float[] QUERY = { 1, 2, 3, 4 };

	@Test
	void theMetersAddLessThanAMicrosecond() {
		SafeIndex plain = index();
		SafeIndex measured = index();
		measured.addListener(new IndexMeters(new SimpleMeterRegistry(), "measured"));
		double best = Double.MAX_VALUE;
		for (int round = 0; round < 7; round++) {
			double without = nanosPerSearch(plain);
			double with = nanosPerSearch(measured);
			System.out.printf("search without meters %.0f ns, with %.0f ns%n", without, with);
			best = Math.min(best, with - without);
		}
		assertThat(best).isLessThan(1000);
	}

	/** The search itself is nearly nothing: an answer that is remembered. */
	private static SafeIndex index() {
		SafeIndex index = new SafeIndex("products", SnapIndex.builder(4).build());
		index.searchCache((request, generation, search) -> List.of());
		return index;
	}

	private static double nanosPerSearch(SafeIndex index) {
		long start = System.nanoTime();
		for (int i = 0; i < SEARCHES; i++) {
			index.search(QUERY, 10);
		}
		return (System.nanoTime() - start) / (double) SEARCHES;
	}

}
