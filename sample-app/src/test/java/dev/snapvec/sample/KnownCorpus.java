package dev.snapvec.sample;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The corpus, which reads each beginning of WordNet once for all tests.
 */
class KnownCorpus extends Corpus {

	private static final Map<Integer, List<Entry>> BEGINNINGS = new ConcurrentHashMap<>();

	KnownCorpus(WordNet wordNet) {
		super(wordNet);
	}

	@Override
	List<Entry> first(int size) {
		return BEGINNINGS.computeIfAbsent(size, super::first);
	}

}
