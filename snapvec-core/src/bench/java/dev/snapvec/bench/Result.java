package dev.snapvec.bench;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What was measured of a variant.
 *
 * @param name the variant
 * @param rows how many rows were indexed
 * @param timing its searches
 * @param buildSeconds time to build, learning included
 * @param fitSeconds time to learn
 * @param stored its files
 * @param heapBytes its heap
 * @param mappedBytes memory it needs beside the heap
 * @param kernel what scans codes, if it has a name
 * @param readRate reading as much memory as its codes, if it has codes
 * @param matrixRate multiplying matrices on this machine
 */
record Result(String name, int rows, Timing timing, double buildSeconds, double fitSeconds, Stored stored,
		long heapBytes, long mappedBytes, @Nullable String kernel, @Nullable ReadRate readRate, MatrixRate matrixRate) {

	private static final double MEGA = 1e6;

	private static final double GIGA = 1e9;

	double heldMegabytes() {
		return (this.heapBytes + this.mappedBytes) / MEGA;
	}

	double heapBytesPerRow() {
		return (double) this.heapBytes / this.rows;
	}

	double fileMegabytes() {
		return (this.stored.bytes() >= 0) ? this.stored.bytes() / MEGA : Double.NaN;
	}

	/**
	 * Returns the values as they are written to the file of results.
	 * @return values by name; numbers that were not measured are {@code null}
	 */
	Map<String, @Nullable Object> fields() {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("name", this.name);
		fields.put("rows", this.rows);
		fields.put("recall10", this.timing.recall());
		fields.put("p50_us", this.timing.p50Micros());
		fields.put("p99_us", this.timing.p99Micros());
		fields.put("qps_one", this.timing.queriesPerSecondOfOne());
		fields.put("qps", this.timing.queriesPerSecond());
		fields.put("build_s", this.buildSeconds);
		fields.put("fit_s", this.fitSeconds);
		fields.put("file_mb", fileMegabytes());
		fields.put("heap_bytes_per_row", heapBytesPerRow());
		fields.put("mapped_mb", this.mappedBytes / MEGA);
		fields.put("alloc_bytes_per_query", this.timing.allocatedBytes());
		fields.put("load_ms", this.stored.loadMillis());
		fields.put("kernel", this.kernel);
		fields.put("java", Runtime.version().toString());
		fields.put("read_plain_bytes_per_s", (this.readRate != null) ? this.readRate.plain() : null);
		fields.put("read_vector_bytes_per_s", (this.readRate != null) ? this.readRate.vector() : null);
		fields.put("gemm_gflops_one_core", this.matrixRate.oneCore() / GIGA);
		fields.put("gemm_gflops_all_cores", this.matrixRate.allCores() / GIGA);
		return fields;
	}

}
