package dev.snapvec.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures every configuration and peer on the same queries, one after the other.
 */
public final class Benchmark {

	private static final double GIGA = 1e9;

	private final Options options;

	private final List<Contender> contenders;

	private Benchmark(Options options) throws IOException {
		this.options = options;
		List<String> configs = options.configs();
		this.contenders = new ArrayList<>(SnapvecContender.of((configs != null) ? configs : Configuration.ALL));
		this.contenders.addAll(Peers.of(options.peers()));
	}

	/**
	 * Runs from the command line.
	 * @param arguments the options
	 */
	public static void main(String[] arguments) throws Exception {
		Benchmark benchmark;
		try {
			benchmark = new Benchmark(Options.parse(arguments));
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.err.println(Options.USAGE);
			System.exit(2);
			return;
		}
		benchmark.run();
	}

	private void run() throws Exception {
		Workload workload = Workload.of(this.options);
		MatrixRate matrixRate = MatrixRate.measure();
		String machine = machine(workload, matrixRate);
		System.err.println(machine);
		Trial trial = new Trial(workload, new Stopwatch(workload, this.options), matrixRate);
		List<Result> results = new ArrayList<>();
		for (Contender contender : this.contenders) {
			System.err.println("building " + contender.name());
			trial.measure(contender, (result) -> {
				results.add(result);
				append(result);
			});
		}
		String table = machine + "\n\n" + ResultTable.of(results);
		System.out.print(table);
		if (this.options.markdown() != null) {
			Files.writeString(this.options.markdown(), table);
		}
		if (this.options.plot() != null) {
			Files.writeString(this.options.plot(), ParetoPlot.of(results));
		}
	}

	private String machine(Workload workload, MatrixRate matrixRate) {
		return String.format(Locale.ROOT,
				"%,d rows of %d dimensions, %,d queries, %d threads, Java %s, float GEMM %.0f GFLOP/s on one core and %.0f on all.",
				workload.base().length, workload.dimension(), workload.queries().length, this.options.threads(),
				Runtime.version(), matrixRate.oneCore() / GIGA, matrixRate.allCores() / GIGA);
	}

	private void append(Result result) throws IOException {
		String line = JsonLine.of(result.fields()) + "\n";
		System.err.print(line);
		Path out = this.options.out();
		if (out != null) {
			Files.writeString(out, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
	}

}
