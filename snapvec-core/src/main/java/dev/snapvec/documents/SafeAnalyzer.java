package dev.snapvec.documents;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.AnalyzerWrapper;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Drops words that Lucene would reject for their length, after the document was accepted.
 */
final class SafeAnalyzer extends AnalyzerWrapper {

	/** In UTF-8 still below Lucene's maximum of 32,766 bytes. */
	private static final int MAX_CHARS = 8_191;

	private final Analyzer analyzer;

	SafeAnalyzer(Analyzer analyzer) {
		super(PER_FIELD_REUSE_STRATEGY);
		this.analyzer = analyzer;
	}

	@Override
	protected Analyzer getWrappedAnalyzer(String fieldName) {
		return this.analyzer;
	}

	@Override
	protected TokenStreamComponents wrapComponents(String fieldName, TokenStreamComponents components) {
		return new TokenStreamComponents(components.getSource(), new ShortWords(components.getTokenStream()));
	}

	/** Leaves words that are short enough. */
	private static final class ShortWords extends FilteringTokenFilter {

		private final CharTermAttribute word = addAttribute(CharTermAttribute.class);

		ShortWords(TokenStream in) {
			super(in);
		}

		@Override
		protected boolean accept() {
			return this.word.length() <= MAX_CHARS;
		}

	}

}
