package dev.snapvec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

/**
 * Requests and their filters as keys of a cache.
 */
class SearchRequestTests {

	/** A collision among so few of 2^32 is an accident; of some, nearly impossible. */
	private static final int COLLISIONS = 5;

	private static void assertSpread(Stream<?> different) {
		List<?> values = different.toList();
		assertThat(new HashSet<>(values)).hasSameSizeAs(values);
		Set<Integer> hashes = new HashSet<>();
		values.forEach((value) -> hashes.add(value.hashCode()));
		assertThat(hashes).hasSizeGreaterThanOrEqualTo(values.size() - COLLISIONS);
		// tables look at the low bits, or at both ends folded
		Set<Integer> low = new HashSet<>();
		values.forEach((value) -> low.add((value.hashCode() ^ value.hashCode() >>> 16) & 0xffff));
		double expected = 65_536 * (1 - Math.exp(-values.size() / 65_536.0));
		assertThat(low.size()).isGreaterThan((int) (0.95 * expected));
	}

	private static SearchRequest request(float... query) {
		return SearchRequest.of(query).build();
	}

	@Test
	void requestsOfAnotherLowestScoreAreDifferent() {
		SearchRequest.Builder builder = SearchRequest.of(new float[] { 1, 2 });
		SearchRequest without = builder.build();
		SearchRequest with = builder.minScore(0.5f).build();
		assertThat(without.minScore()).isNull();
		assertThat(with.minScore()).isEqualTo(0.5f);
		assertThat(with).isNotEqualTo(without).isNotEqualTo(builder.minScore(0.25f).build());
		assertThat(with).isEqualTo(builder.minScore(0.5f).build()).hasSameHashCodeAs(builder.build());
		assertThat(with.detached()).isEqualTo(with);
		assertThatIllegalArgumentException().isThrownBy(() -> builder.minScore(Float.NaN))
			.withMessage("minScore must be a number, but was NaN");
	}

	@ParameterizedTest
	@ValueSource(ints = { 4096, 1027 })
	void queriesOfASingleCoordinateHaveHashesOfTheirOwn(int dimension) {
		assertSpread(IntStream.range(0, dimension).mapToObj((i) -> {
			float[] query = new float[dimension];
			query[i] = 1;
			return request(query);
		}));
	}

	@Test
	void queriesOfTwoCoordinatesHaveHashesOfTheirOwn() {
		assertSpread(IntStream.range(0, 96).boxed().flatMap((i) -> IntStream.range(0, i).mapToObj((j) -> {
			float[] query = new float[96];
			query[i] = 1;
			query[j] = -1;
			return request(query);
		})));
	}

	@Test
	void permutedNegatedAndIntegerQueriesHaveHashesOfTheirOwn() {
		Random random = new Random(1);
		Set<List<Float>> queries = new HashSet<>();
		while (queries.size() < 4000) {
			List<Float> query = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				query.add((float) random.nextInt(3) - 1);
			}
			queries.add(List.copyOf(query));
			queries.add(query.stream().map((x) -> (x == 0) ? x : -x).toList());
			Collections.shuffle(query, random);
			queries.add(List.copyOf(query));
		}
		assertSpread(queries.stream().map((query) -> {
			float[] vector = new float[query.size()];
			for (int i = 0; i < vector.length; i++) {
				vector[i] = query.get(i);
			}
			return request(vector);
		}));
	}

	@Test
	void queriesOfSmallStepsHaveHashesOfTheirOwn() {
		assertSpread(IntStream.range(0, 20_000).mapToObj((i) -> request(i, 0, 0)));
		assertSpread(IntStream.range(0, 5000).mapToObj((i) -> {
			float[] query = new float[384];
			Arrays.fill(query, 0.05f);
			query[200] += i * Math.ulp(0.05f);
			return request(query);
		}));
		assertSpread(IntStream.rangeClosed(1, 3000).mapToObj((dimension) -> request(new float[dimension])));
	}

	@Test
	void allElseOfARequestCounts() {
		assertSpread(IntStream.rangeClosed(1, 10)
			.boxed()
			.flatMap((topK) -> IntStream.rangeClosed(-1, 10)
				.boxed()
				.flatMap((nprobe) -> IntStream.rangeClosed(-1, 10).mapToObj((rerank) -> {
					SearchRequest.Builder request = SearchRequest.of(new float[] { 1 }).topK(topK);
					if (nprobe >= 0) {
						request.nprobe(nprobe);
					}
					if (rerank >= 0) {
						request.rerank(rerank);
					}
					return request.build();
				}))));
		assertSpread(IntStream.range(0, 4000)
			.mapToObj((i) -> SearchRequest.of(new float[] { 1 }).among(IdFilter.of(Integer.toString(i))).build()));
	}

	@Test
	void equalRequestsHaveEqualHashes() {
		for (int dimension = 1; dimension < 40; dimension++) {
			float[] query = TestVectors.random(dimension, 1, dimension)[0];
			assertThat(request(query.clone())).isEqualTo(request(query)).hasSameHashCodeAs(request(query));
		}
		float otherNaN = Float.intBitsToFloat(0x7fc00001);
		assertThat(request(otherNaN)).isEqualTo(request(Float.NaN)).hasSameHashCodeAs(request(Float.NaN));
		assertThat(request(0f)).isNotEqualTo(request(-0f));
	}

	@Test
	void filtersHaveHashesOfTheirOwn() {
		assertSpread(IntStream.range(0, 4000).mapToObj((i) -> IdFilter.of(Integer.toString(i), Integer.toString(-i))));
		assertSpread(IntStream.range(0, 64)
			.boxed()
			.flatMap((i) -> IntStream.range(0, i)
				.boxed()
				.flatMap((j) -> Stream.of(IdFilter.of("id " + i, "id " + j), IdFilter.not("id " + i, "id " + j)))));
	}

	@Test
	void thatTwoLargeFiltersAreEqualIsFoundOutOnce() {
		List<String> ids = IntStream.range(0, 100_000).mapToObj((i) -> "id-" + i).toList();
		SearchRequest known = SearchRequest.of(new float[] { 1 }).among(IdFilter.of(ids)).build();
		SearchRequest asked = SearchRequest.of(new float[] { 1 }).among(IdFilter.of(ids)).build();
		assertTimeout(Duration.ofSeconds(1), () -> {
			for (int i = 0; i < 3000; i++) {
				assertThat(asked.detached().equals(known.detached())).isTrue();
				assertThat(asked.detached().hashCode()).isEqualTo(known.hashCode());
			}
		});
	}

}
