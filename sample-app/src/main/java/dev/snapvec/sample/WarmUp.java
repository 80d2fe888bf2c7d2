package dev.snapvec.sample;

import java.time.Duration;

import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.SnapvecIndexes;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Searches briefly before the application is ready, so that the first requests need not
 * wait until search code is compiled. Bypasses the handles, whose meters count real
 * searches only.
 */
@Component
class WarmUp implements ApplicationRunner {

	private static final Duration TIME = Duration.ofMillis(200);

	private final SnapvecIndexes indexes;

	WarmUp(SnapvecIndexes indexes) {
		this.indexes = indexes;
	}

	@Override
	public void run(ApplicationArguments args) {
		this.indexes.names().forEach((name) -> warmUp(this.indexes.get(name).index()));
	}

	private static void warmUp(VectorIndex index) {
		float[] query = new float[index.dimension()];
		query[0] = 1;
		long start = System.nanoTime();
		while (System.nanoTime() - start < TIME.toNanos()) {
			index.search(query, 10);
		}
	}

}
