package dev.snapvec.spring.boot.index;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link IndexState}.
 */
class IndexStateTests {

	@ParameterizedTest
	@CsvSource({ "NEW, RESTORING FOLLOWING CLOSING", "RESTORING, POPULATING OPEN CLOSING CLOSED",
			"POPULATING, OPEN CLOSING", "OPEN, CLOSING", "FOLLOWING, CLOSING", "CLOSING, POPULATING OPEN CLOSED",
			"CLOSED, RESTORING FOLLOWING CLOSING" })
	void aStateIsFollowedByThoseOfTheArchitectureDocument(IndexState state, String next) {
		assertThat(Stream.of(IndexState.values()).filter(state::canBecome).map(Enum::name))
			.containsExactly(next.split(" "));
	}

	@ParameterizedTest
	@EnumSource
	void everyStateCanBeLeft(IndexState state) {
		assertThat(IndexState.values()).anyMatch(state::canBecome);
	}

	@Test
	void changesAreTakenBeforeTheIndexIsOpenedWhileItIsFilledAndWhileItIsOpen() {
		assertThat(Stream.of(IndexState.values()).filter(IndexState::takesChanges)).containsExactly(IndexState.NEW,
				IndexState.POPULATING, IndexState.OPEN);
	}

}
