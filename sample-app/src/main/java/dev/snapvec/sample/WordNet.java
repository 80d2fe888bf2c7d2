package dev.snapvec.sample;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Pointer;
import net.sf.extjwnl.data.PointerType;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The dictionary. An entry's id is its part of speech and its offset in WordNet's files,
 * which never change, so that it is valid after a restart without a table of ids.
 * Thread-safe.
 */
@Component
class WordNet {

	private static final Pattern ID = Pattern.compile("([nvar])-(\\d{8})");

	private static final int WORDS_SHOWN = 3;

	private final Dictionary dictionary;

	WordNet() throws JWNLException {
		this.dictionary = Dictionary.getDefaultResourceInstance();
	}

	/**
	 * Looks an entry up.
	 * @param id an id of the corpus, or any other text
	 * @return the entry, or empty if there is none of that id
	 */
	Optional<Entry> find(String id) {
		return Optional.ofNullable(read(() -> synset(id))).map(WordNet::entry);
	}

	/**
	 * Returns the hypernym of an entry, such as rodent for hamster.
	 * @param id an id of the corpus, or any other text
	 * @return a word, or empty if WordNet has none
	 */
	Optional<String> kind(String id) {
		Synset kind = read(() -> {
			Synset synset = synset(id);
			return (synset != null) ? hypernym(synset) : null;
		});
		return Optional.ofNullable(kind).map((synset) -> synset.getWords().get(0).getLemma());
	}

	/**
	 * Reads all synsets of a part of speech, in the order of their offsets.
	 * @param pos the part of speech
	 * @param reader receives each synset
	 */
	void forEach(POS pos, Consumer<Synset> reader) {
		read(() -> {
			Iterator<Synset> synsets = this.dictionary.getSynsetIterator(pos);
			synsets.forEachRemaining(reader);
			return null;
		});
	}

	private @Nullable Synset synset(String id) throws JWNLException {
		Matcher matcher = ID.matcher(id);
		if (!matcher.matches()) {
			return null;
		}
		POS pos = POS.getPOSForKey(matcher.group(1));
		Synset synset = this.dictionary.getSynsetAt(pos, Long.parseLong(matcher.group(2)));
		// an offset into the middle of a line returns that line's synset
		return (synset != null && entry(synset).id().equals(id)) ? synset : null;
	}

	private static @Nullable Synset hypernym(Synset synset) throws JWNLException {
		for (PointerType type : List.of(PointerType.HYPERNYM, PointerType.INSTANCE_HYPERNYM)) {
			for (Pointer pointer : synset.getPointers(type)) {
				return pointer.getTargetSynset();
			}
		}
		return null;
	}

	private synchronized <T> @Nullable T read(Reading<T> reading) {
		try {
			return reading.read();
		}
		catch (JWNLException ex) {
			throw new IllegalStateException("WordNet cannot be read", ex);
		}
	}

	static Entry entry(Synset synset) {
		String id = String.format(Locale.ROOT, "%s-%08d", synset.getPOS().getKey(), synset.getOffset());
		String words = synset.getWords()
			.stream()
			.limit(WORDS_SHOWN)
			.map(Word::getLemma)
			.collect(Collectors.joining(", "));
		return new Entry(id, words, definition(synset.getGloss()));
	}

	/** Returns the gloss without the usage examples, which follow in quotation marks. */
	private static String definition(String gloss) {
		int examples = gloss.indexOf("; \"");
		return ((examples >= 0) ? gloss.substring(0, examples) : gloss).strip();
	}

	/** A call of the dictionary, with the exception that all its methods declare. */
	private interface Reading<T> {

		@Nullable T read() throws JWNLException;

	}

}
