package dev.snapvec.bench;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.snapvec.IvfPqSnapIndex;
import dev.snapvec.PqSnapIndex;
import dev.snapvec.ResidualSnapIndex;
import dev.snapvec.SearchRequest;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;
import org.jspecify.annotations.Nullable;

/**
 * One of our configurations, as its name tells.
 *
 * @param index what is built, such as {@code ivfpq192x16-nlist1024}
 * @param nprobe lists to visit, {@code null} for the index's own
 * @param rerank rows to score again, {@code null} for the index's own
 */
record Configuration(String index, @Nullable Integer nprobe, @Nullable Integer rerank) {

	/** All that are measured if none are named. */
	static final List<String> ALL = List.of("snap4", "snap3", "snap2", "residual44", "residual33",
			"residual44-rerank100", "pq192", "pq96", "pq48", "ivfpq192-nprobe8-rerank100",
			"ivfpq192-nprobe32-rerank100", "ivfpq192-nprobe64-rerank100", "ivfpq192-nprobe128-rerank100",
			"ivfpq192x16-nprobe128-rerank100", "ivfpq48opq-nprobe32-rerank100", "ivfpq48opq-nprobe128-rerank100");

	private static final Pattern NAME = Pattern
		.compile("([a-z0-9]+(?:-nlist\\d+)?)(?:-nprobe(\\d+))?(?:-rerank(\\d+))?");

	private static final Pattern INDEX = Pattern
		.compile("(snap|residual|pq|ivfpq)(\\d+)(?:x(\\d+))?(opq|rht)?(?:-nlist(\\d+))?");

	private static final int NLIST = 512;

	private static final int CENTROIDS = 256;

	static Configuration parse(String name) {
		Matcher matcher = NAME.matcher(name);
		if (!matcher.matches() || !INDEX.matcher(matcher.group(1)).matches()) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "'%s' is not a configuration; there are %s", name, ALL));
		}
		return new Configuration(matcher.group(1), number(matcher.group(2)), number(matcher.group(3)));
	}

	private static @Nullable Integer number(@Nullable String digits) {
		return (digits != null) ? Integer.valueOf(digits) : null;
	}

	private static int number(@Nullable String digits, int otherwise) {
		return (digits != null) ? Integer.parseInt(digits) : otherwise;
	}

	String name() {
		return this.index + ((this.nprobe != null) ? "-nprobe" + this.nprobe : "")
				+ ((this.rerank != null) ? "-rerank" + this.rerank : "");
	}

	SearchRequest request(float[] query) {
		SearchRequest.Builder request = SearchRequest.of(query).topK(Workload.TOP_K);
		if (this.nprobe != null) {
			request.nprobe(this.nprobe);
		}
		if (this.rerank != null) {
			request.rerank(this.rerank);
		}
		return request.build();
	}

	VectorIndex create(int dimension, boolean fullPrecision) {
		Matcher parts = INDEX.matcher(this.index);
		if (!parts.matches()) {
			throw new IllegalStateException(this.index);
		}
		int number = Integer.parseInt(parts.group(2));
		int k = number(parts.group(3), CENTROIDS);
		boolean opq = "opq".equals(parts.group(4));
		boolean rht = "rht".equals(parts.group(4));
		int nlist = number(parts.group(5), NLIST);
		return switch (parts.group(1)) {
			case "snap" -> SnapIndex.builder(dimension).normalized(true).bits(number).build();
			case "residual" -> ResidualSnapIndex.builder(dimension)
				.normalized(true)
				.coarseBits(number / 10)
				.residualBits(number % 10)
				.build();
			case "pq" -> PqSnapIndex.builder(dimension)
				.normalized(true)
				.subspaces(number)
				.centroids(k)
				.opq(opq)
				.rht(rht)
				.build();
			default -> IvfPqSnapIndex.builder(dimension)
				.normalized(true)
				.subspaces(number)
				.centroids(k)
				.opq(opq)
				.rht(rht)
				.nlist(nlist)
				.keepFullPrecision(fullPrecision)
				.build();
		};
	}

}
