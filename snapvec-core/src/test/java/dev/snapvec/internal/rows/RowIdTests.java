package dev.snapvec.internal.rows;

import java.nio.charset.StandardCharsets;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ids that are numbers, told from those that only look like ones.
 */
class RowIdTests {

	@Provide
	Arbitrary<String> ids() {
		Arbitrary<String> ends = Arbitraries.of("9223372036854775807", "9223372036854775808", "-9223372036854775808",
				"-9223372036854775809", "9999999999999999999", "-9999999999999999999", "18446744073709551616", "0",
				"-0", "00", "-", "", "+1", "1 ", "01", "-01", "1.0", "\u0661", "\ud800");
		return Arbitraries.oneOf(ends, Arbitraries.longs().map(String::valueOf),
				Arbitraries.strings().withChars("-0123456789a").ofMaxLength(21));
	}

	private static boolean isCanonicalLong(String id) {
		try {
			return Long.toString(Long.parseLong(id)).equals(id);
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

	@Property
	void canonicalLongsAreNumbersAndNothingElseIs(@ForAll("ids") String text) {
		RowId id = RowId.of(text);
		assertThat(id.utf8() == null).isEqualTo(isCanonicalLong(text));
		if (id.isStorable()) {
			assertThat(id).hasToString(text);
			byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
			assertThat(RowId.ofUtf8(utf8, utf8.length)).isEqualTo(id).hasSameHashCodeAs(id);
		}
	}

}
