package dev.snapvec.sample;

import java.util.Comparator;

import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;

/**
 * A synset and indicators of how common it is. The most common one comes first: the one
 * seen most often in the texts that WordNet's authors counted; of those not seen, which
 * are the majority, one named by a plain single word in its first meaning, then the one
 * with the most links to others.
 *
 * @param entry its entry in the corpus
 * @param lexicographerFile its lexicographer file, such as {@code noun.animal}
 * @param lowerCase whether its first word is in lower case, so not a proper name
 * @param count number of times it was seen
 * @param oddities number of properties that make its name less plain
 * @param links number of other synsets to which it points
 */
record Candidate(Entry entry, String lexicographerFile, boolean lowerCase, int count, int oddities,
		int links) implements Comparable<Candidate> {

	private static final Comparator<Candidate> COMMONEST_FIRST = Comparator.comparingInt(Candidate::count)
		.reversed()
		.thenComparingInt(Candidate::oddities)
		.thenComparing(Comparator.comparingInt(Candidate::links).reversed())
		.thenComparing((candidate) -> candidate.entry().id());

	static Candidate of(Synset synset) {
		Word first = synset.getWords().get(0);
		String lemma = first.getLemma();
		int count = synset.getWords().stream().mapToInt(Word::getUseCount).sum();
		boolean lowerCase = lemma.chars().noneMatch(Character::isUpperCase);
		boolean singleWord = lemma.chars().allMatch(Character::isLetter);
		int oddities = (singleWord ? 0 : 1) + ((first.getLexId() == 0) ? 0 : 1);
		return new Candidate(WordNet.entry(synset), synset.getLexFileName(), lowerCase, count, oddities,
				synset.getPointers().size());
	}

	@Override
	public int compareTo(Candidate other) {
		return COMMONEST_FIRST.compare(this, other);
	}

}
