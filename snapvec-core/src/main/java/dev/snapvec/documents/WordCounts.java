package dev.snapvec.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.util.BytesRef;

/**
 * The words of a text as Lucene counts them. Immutable.
 *
 * @param counts how often each word occurs, in the order of the text
 * @param total how many words there are
 * @param positions how many of them are not at the position of another one
 */
record WordCounts(Map<BytesRef, Integer> counts, int total, int positions) {

	static WordCounts of(Analyzer analyzer, String text) {
		Map<BytesRef, Integer> counts = new LinkedHashMap<>();
		int total = 0;
		int positions = 0;
		try (TokenStream words = analyzer.tokenStream(DocumentFields.WORDS, text)) {
			TermToBytesRefAttribute word = words.addAttribute(TermToBytesRefAttribute.class);
			PositionIncrementAttribute position = words.addAttribute(PositionIncrementAttribute.class);
			words.reset();
			while (words.incrementToken()) {
				counts.merge(BytesRef.deepCopyOf(word.getBytesRef()), 1, Integer::sum);
				total++;
				positions += (position.getPositionIncrement() > 0) ? 1 : 0;
			}
			words.end();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new WordCounts(counts, total, positions);
	}

	int count(BytesRef word) {
		return this.counts.getOrDefault(word, 0);
	}

}
