package dev.snapvec.bench;

import java.util.Arrays;
import java.util.function.ToLongFunction;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * How fast one thread reads an array from its beginning to its end: what no scan of as
 * many bytes can exceed.
 *
 * @param plain bytes a second by a loop over the array
 * @param vector bytes a second with the Vector API
 */
record ReadRate(double plain, double vector) {

	private static final double SECONDS = 0.4;

	private static final int LEAST_READS = 5;

	private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

	private static volatile long sink;

	static ReadRate of(long bytes) {
		long[] values = new long[(int) Math.min(Math.max(bytes / Long.BYTES, 1024), Integer.MAX_VALUE - 8)];
		Arrays.setAll(values, (i) -> i);
		return new ReadRate(rate(values, ReadRate::plainSum), rate(values, ReadRate::vectorSum));
	}

	private static double rate(long[] values, ToLongFunction<long[]> reader) {
		warmUp(reader);
		double[] rates = new double[LEAST_READS];
		for (int i = 0; i < rates.length; i++) {
			long start = System.nanoTime();
			int reads = 0;
			while (reads == 0 || Clock.secondsSince(start) < SECONDS / LEAST_READS) {
				sink = reader.applyAsLong(values);
				reads++;
			}
			rates[i] = (double) reads * values.length * Long.BYTES / Clock.secondsSince(start);
		}
		Arrays.sort(rates);
		return rates[rates.length / 2];
	}

	private static void warmUp(ToLongFunction<long[]> reader) {
		long[] few = new long[4096];
		for (int i = 0; i < 20_000; i++) {
			sink = reader.applyAsLong(few);
		}
	}

	private static long plainSum(long[] values) {
		long a = 0;
		long b = 0;
		long c = 0;
		long d = 0;
		int i = 0;
		for (; i + 3 < values.length; i += 4) {
			a += values[i];
			b += values[i + 1];
			c += values[i + 2];
			d += values[i + 3];
		}
		return a + b + c + d;
	}

	private static long vectorSum(long[] values) {
		LongVector a = LongVector.zero(SPECIES);
		LongVector b = a;
		LongVector c = a;
		LongVector d = a;
		int lanes = SPECIES.length();
		int end = values.length - values.length % (4 * lanes);
		for (int i = 0; i < end; i += 4 * lanes) {
			a = a.add(LongVector.fromArray(SPECIES, values, i));
			b = b.add(LongVector.fromArray(SPECIES, values, i + lanes));
			c = c.add(LongVector.fromArray(SPECIES, values, i + 2 * lanes));
			d = d.add(LongVector.fromArray(SPECIES, values, i + 3 * lanes));
		}
		return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
	}

}
