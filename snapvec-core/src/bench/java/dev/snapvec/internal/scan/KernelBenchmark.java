package dev.snapvec.internal.scan;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What benchmarks of inner loops share: each runs with both kernels, each in a process of
 * its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class KernelBenchmark {

	/** Coordinates of a vector. */
	static final int DIMENSION = 384;

	/** Of the kernel, as the system property has it. */
	@Param({ "vector", "scalar" })
	public String kernel;

	Kernel kernel() {
		return this.kernel.equals("scalar") ? new ScalarKernel() : Kernels.vector()
			.orElseThrow(() -> new IllegalStateException(
					"the Vector API's kernel needs --add-modules jdk.incubator.vector and vectors of 512 bits"));
	}

	/** The same numbers in each process, from -1 to 1. */
	static float[] randoms(int count) {
		SplittableRandom random = new SplittableRandom(1);
		float[] values = new float[count];
		for (int i = 0; i < count; i++) {
			values[i] = (float) random.nextDouble(-1, 1);
		}
		return values;
	}

}
