package dev.snapvec.spring.boot.index;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link Attempt}.
 */
class AttemptTests {

	private final List<String> undone = new ArrayList<>();

	@Test
	void whatSucceedsIsNotUndone() {
		assertThat(Attempt.<String>orUndo(() -> "done", () -> this.undone.add("undone"))).isEqualTo("done");
		Attempt.orUndo(() -> {
		}, () -> this.undone.add("undone"));
		assertThat(this.undone).isEmpty();
	}

	@Test
	void whateverIsThrownTheAttemptIsUndoneOnceAndThrowsIt() {
		for (Throwable failure : List.of(new IllegalStateException(), new OutOfMemoryError())) {
			this.undone.clear();
			assertThatThrownBy(() -> Attempt.orUndo(() -> rethrow(failure), () -> this.undone.add("undone")))
				.isSameAs(failure);
			assertThat(this.undone).containsExactly("undone");
		}
	}

	private static void rethrow(Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		throw (RuntimeException) failure;
	}

}
