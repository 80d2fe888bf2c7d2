package dev.snapvec.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * Builds a contender, measures each of its variants and lets it go.
 */
final class Trial {

	private final Workload workload;

	private final Stopwatch stopwatch;

	private final MatrixRate matrixRate;

	Trial(Workload workload, Stopwatch stopwatch, MatrixRate matrixRate) {
		this.workload = workload;
		this.stopwatch = stopwatch;
		this.matrixRate = matrixRate;
	}

	void measure(Contender contender, Report report) throws Exception {
		Path directory = Files.createTempDirectory("snapvec-bench");
		try (contender) {
			long before = Memory.usedHeap();
			long start = System.nanoTime();
			contender.build(this.workload, directory);
			double buildSeconds = Clock.secondsSince(start);
			long measured = Memory.usedHeap() - before;
			long heap = (contender.heapBytes() >= 0) ? contender.heapBytes() : Math.max(0, measured);
			Stored stored = contender.store(directory);
			ReadRate readRate = readRate(contender);
			for (Variant variant : contender.variants()) {
				Timing timing = this.stopwatch.time(variant.search());
				report.add(new Result(variant.name(), this.workload.base().length, timing, buildSeconds,
						contender.fitSeconds(), stored, heap, contender.mappedBytes(), contender.kernel(), readRate,
						this.matrixRate));
			}
		}
		finally {
			delete(directory);
		}
	}

	private static @Nullable ReadRate readRate(Contender contender) {
		return (contender.codeBytes() > 0) ? ReadRate.of(contender.codeBytes()) : null;
	}

	private static void delete(Path directory) throws IOException {
		Files.walkFileTree(directory, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException ex) throws IOException {
				Files.delete(visited);
				return FileVisitResult.CONTINUE;
			}

		});
	}

	/**
	 * Takes results as they come.
	 */
	@FunctionalInterface
	interface Report {

		void add(Result result) throws IOException;

	}

}
