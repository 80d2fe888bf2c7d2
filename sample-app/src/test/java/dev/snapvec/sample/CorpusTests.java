package dev.snapvec.sample;

import java.util.List;

import net.sf.extjwnl.JWNLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Corpus}.
 */
class CorpusTests {

	private static final int NOUNS = 82_192;

	private static final int ALL = 117_791;

	private static List<Entry> all;

	private static Corpus corpus;

	@BeforeAll
	static void readAll() throws JWNLException {
		corpus = new Corpus(new WordNet());
		all = corpus.first(Integer.MAX_VALUE);
	}

	@Test
	void holdsEverySynsetOnce() {
		assertThat(all).hasSize(ALL).extracting(Entry::id).doesNotHaveDuplicates();
	}

	@Test
	void isTheSameEveryTimeAndHasTheSizeAskedFor() {
		assertThat(corpus.first(3000)).isEqualTo(all.subList(0, 3000));
	}

	@Test
	void beginsWithThingsPeopleLookFor() {
		assertThat(all.subList(0, 3000)).extracting((entry) -> entry.title().split(",")[0])
			.contains("cat", "kitten", "dog", "puppy", "hamster", "gerbil", "rabbit", "bicycle", "violin", "clock",
					"coffee", "banana", "pizza", "rose", "oak", "river", "volcano");
	}

	@Test
	void beginsWithTheCommonestOfEachKind() {
		assertThat(all.subList(0, 12)).extracting((entry) -> entry.title().split(",")[0])
			.contains("horse", "house", "coffee", "tree", "land");
	}

	@Test
	void holdsOtherPartsOfSpeechAfterTheNouns() {
		assertThat(all.subList(0, NOUNS)).allSatisfy((entry) -> assertThat(entry.id()).startsWith("n-"));
		assertThat(all.get(NOUNS).id()).startsWith("v-");
		assertThat(all.get(ALL - 1).id()).startsWith("r-");
	}

	@Test
	void leavesUsageExamplesOut() {
		assertThat(all).noneSatisfy((entry) -> assertThat(entry.text()).contains("; \""));
		assertThat(all).noneSatisfy((entry) -> assertThat(entry.title()).contains("_"));
	}

}
