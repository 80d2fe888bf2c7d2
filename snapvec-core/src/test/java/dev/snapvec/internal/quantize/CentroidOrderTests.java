package dev.snapvec.internal.quantize;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Numbers of centroids say where they lie, and no centroid is lost.
 */
class CentroidOrderTests {

	private static final int COUNT = 256;

	private final Random random = new Random(1);

	private float[] centroids(int width) {
		float[] values = new float[COUNT * width];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) this.random.nextGaussian();
		}
		return values;
	}

	private static List<float[]> sorted(float[] values, int width) {
		return IntStream.range(0, values.length / width)
			.mapToObj((c) -> Arrays.copyOfRange(values, c * width, (c + 1) * width))
			.sorted(Comparator.comparing(Arrays::toString))
			.toList();
	}

	@Test
	void bothOrdersKeepEveryCentroid() {
		float[] values = centroids(3);
		CentroidOrder order = new CentroidOrder(values, COUNT, 3);
		assertThat(sorted(order.byCells(), 3)).usingRecursiveComparison().isEqualTo(sorted(values, 3));
		assertThat(sorted(order.byNeighbours(), 3)).usingRecursiveComparison().isEqualTo(sorted(values, 3));
	}

	@Test
	void theFirstBitsOfANumberTellMostOfWhereItsCentroidLies() {
		float[] values = centroids(2);
		float[] ordered = new CentroidOrder(values, COUNT, 2).byCells();
		assertThat(partLostInCells(ordered)).isLessThan(.05);
		assertThat(partLostInCells(values)).isGreaterThan(.5);
	}

	private static double partLostInCells(float[] values) {
		Codebooks codebooks = new Codebooks(1, COUNT, 2, values);
		return 1 - 4 * codebooks.cells(4).spread() / codebooks.spread();
	}

	@Test
	void neighboursInNumberAreNearEachOther() {
		float[] values = centroids(2);
		float[] ordered = new CentroidOrder(values, COUNT, 2).byNeighbours();
		assertThat(wayThroughAll(ordered)).isLessThan(wayThroughAll(values) / 5);
	}

	private static double wayThroughAll(float[] values) {
		double way = 0;
		for (int c = 1; c < COUNT; c++) {
			way += Math.hypot(values[2 * c] - values[2 * c - 2], values[2 * c + 1] - values[2 * c - 1]);
		}
		return way;
	}

}
