package dev.snapvec.store;

import dev.snapvec.IndexUnavailableException;
import dev.snapvec.SnapvecException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Exceptions of what other modules put behind an index.
 */
class ForeignExceptionTests {

	private static final class MemberLostException extends IndexUnavailableException {

		private static final long serialVersionUID = 1L;

		private MemberLostException(Throwable cause) {
			super("articles", "member 3 does not answer", cause);
		}

	}

	@Test
	void areCaughtAsThoseOfTheEngineAndNameTheIndex() {
		Throwable cause = new IllegalStateException("closed");
		SnapvecException exception = new MemberLostException(cause);
		assertThat(exception).hasMessage("index 'articles': member 3 does not answer").hasCause(cause);
	}

}
