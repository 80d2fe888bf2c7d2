package dev.snapvec.sample;

import net.sf.extjwnl.JWNLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WordNet}.
 */
class WordNetTests {

	private static WordNet wordNet;

	@BeforeAll
	static void open() throws JWNLException {
		wordNet = new WordNet();
	}

	@Test
	void findsAnEntryByItsId() {
		assertThat(wordNet.find("n-02124272")).contains(new Entry("n-02124272", "cat, true cat",
				"feline mammal usually having thick soft fur and no ability to roar: domestic cats; wildcats"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "n-02124273", "n-99999999", "x-02124272", "n-2124272", "robot" })
	void findsNothingForOtherIds(String id) {
		assertThat(wordNet.find(id)).isEmpty();
		assertThat(wordNet.kind(id)).isEmpty();
	}

	@Test
	void saysWhatKindOfThingAnEntryIs() {
		assertThat(wordNet.kind("n-02345537")).contains("rodent");
	}

	@Test
	void theMostGeneralThingIsOfNoKind() {
		assertThat(wordNet.kind("n-00001740")).isEmpty();
	}

}
