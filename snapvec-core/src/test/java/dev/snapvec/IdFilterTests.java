package dev.snapvec;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IdFilter} as a value; what searches make of it is among what all
 * indexes promise.
 */
class IdFilterTests {

	@Test
	void filtersThatAllowTheSameAreEqual() {
		IdFilter filter = IdFilter.of("a", "7", "ü");
		for (IdFilter same : List.of(IdFilter.of("ü", "a", "7"), IdFilter.of(List.of("a", "7", "ü", "a")),
				filter.detached())) {
			assertThat(same).isEqualTo(filter).hasSameHashCodeAs(filter);
			assertThat(same.size()).isEqualTo(3);
		}
		assertThat(
				List.of(IdFilter.not("a", "7", "ü"), IdFilter.of("a", "7"), IdFilter.of("a", "07", "ü"), IdFilter.of()))
			.doesNotContain(filter);
	}

	@Test
	void aRequestThatIsKeptIsEqualAndDoesNotKeepTheFilterThatSearched() {
		IdFilter filter = IdFilter.of("a");
		SearchRequest request = SearchRequest.of(new float[] { 1, 2 })
			.topK(3)
			.nprobe(2)
			.rerank(5)
			.among(filter)
			.build();
		assertThat(request.detached()).isEqualTo(request).hasSameHashCodeAs(request);
		assertThat(request.detached().filter()).isEqualTo(filter).isNotSameAs(filter);
		SearchRequest unfiltered = SearchRequest.of(new float[] { 1, 2 }).build();
		assertThat(unfiltered.detached()).isSameAs(unfiltered);
	}

}
