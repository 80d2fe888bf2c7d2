package dev.snapvec.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

import net.sf.extjwnl.data.POS;

import org.springframework.stereotype.Component;

/**
 * The synsets of WordNet to index, the most useful ones first.
 * <p>
 * The most frequent nouns overall are abstract (time, way, state), because WordNet's
 * counts come from novels and newspapers of the sixties. People try a search with things
 * they can picture. So the corpus begins like a picture dictionary, with animals,
 * artifacts, food, plants and places in turn, {@linkplain Candidate the most common of
 * each} first; the other nouns follow, then verbs, adjectives and adverbs.
 */
@Component
class Corpus {

	private static final List<POS> AFTER_NOUNS = List.of(POS.VERB, POS.ADJECTIVE, POS.ADVERB);

	/** Lexicographer files, each as often as its share of the corpus. */
	private static final List<String> TURNS = List.of("noun.animal", "noun.artifact", "noun.food", "noun.animal",
			"noun.artifact", "noun.plant", "noun.artifact", "noun.object", "noun.animal", "noun.artifact", "noun.food",
			"noun.plant");

	private final WordNet wordNet;

	Corpus(WordNet wordNet) {
		this.wordNet = wordNet;
	}

	/**
	 * Reads the beginning of the corpus, which is the same every time.
	 * @param size the number of entries
	 * @return that many entries, or all if there are fewer
	 */
	List<Entry> first(int size) {
		List<Candidate> nouns = candidates(POS.NOUN);
		List<Entry> entries = new ArrayList<>();
		addInTurns(nouns, entries, size);
		addAll(nouns.stream().filter((noun) -> !isPictured(noun)).toList(), entries, size);
		for (POS pos : AFTER_NOUNS) {
			if (entries.size() < size) {
				addAll(candidates(pos), entries, size);
			}
		}
		return entries;
	}

	private List<Candidate> candidates(POS pos) {
		List<Candidate> candidates = new ArrayList<>();
		this.wordNet.forEach(pos, (synset) -> candidates.add(Candidate.of(synset)));
		candidates.sort(null);
		return candidates;
	}

	/** Excludes proper names and Latin names of families and genera, which come later. */
	private static boolean isPictured(Candidate noun) {
		return noun.lowerCase() && TURNS.contains(noun.lexicographerFile());
	}

	private static void addInTurns(List<Candidate> nouns, List<Entry> entries, int size) {
		Map<String, Queue<Entry>> files = new HashMap<>();
		TURNS.forEach((file) -> files.put(file, new ArrayDeque<>()));
		nouns.stream()
			.filter(Corpus::isPictured)
			.forEach((noun) -> Objects.requireNonNull(files.get(noun.lexicographerFile())).add(noun.entry()));
		while (!files.isEmpty()) {
			for (String file : TURNS) {
				Queue<Entry> queue = files.get(file);
				Entry entry = (queue != null) ? queue.poll() : null;
				if (entry == null) {
					files.remove(file);
				}
				else if (entries.size() < size) {
					entries.add(entry);
				}
				else {
					return;
				}
			}
		}
	}

	private static void addAll(List<Candidate> candidates, List<Entry> entries, int size) {
		candidates.stream().limit(size - entries.size()).map(Candidate::entry).forEach(entries::add);
	}

}
