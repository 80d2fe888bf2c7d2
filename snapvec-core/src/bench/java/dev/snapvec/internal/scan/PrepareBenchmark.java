package dev.snapvec.internal.scan;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Bringing a query's tables into the form that a kernel reads: time of a query.
 */
public class PrepareBenchmark extends KernelBenchmark {

	@Param
	public ScanBenchmark.Codes codes;

	private Kernel preparing;

	private final SliceTables tables = new SliceTables();

	@Setup
	public void fill() {
		this.preparing = kernel();
		this.codes.fill(this.tables);
	}

	@Benchmark
	public float prepare() {
		return this.preparing.prepare(this.tables);
	}

}
