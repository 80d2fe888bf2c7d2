package dev.snapvec.documents;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.snapvec.SafeIndex;
import dev.snapvec.internal.number.NumberedIndex;
import dev.snapvec.internal.number.Numbers;

/**
 * Reads the documents of rows. Rows and documents are not of one moment, so a document
 * that is replaced in between is looked for before and after; if it was replaced twice,
 * all is read again. Thread-safe.
 *
 * @param index the rows
 * @param store the documents
 */
record DocumentReads(SafeIndex index, DocumentStore store) {

	/** Then what is still missing was deleted, or is being replaced again and again. */
	private static final int ATTEMPTS = 100;

	/**
	 * Rows and their documents.
	 *
	 * @param rows the rows
	 * @param documents the documents by number
	 */
	record Found<T>(T rows, Map<Long, StoredDocument> documents) {
	}

	/**
	 * Finds rows, and then their documents.
	 * @param rows finds rows, given the documents before
	 * @param numbers returns the numbers of rows, 0 for a row without
	 */
	<T> Found<T> find(Function<DocumentView, T> rows, Function<T, List<Long>> numbers) {
		for (int attempt = 1; true; attempt++) {
			try (DocumentView before = this.store.view()) {
				T found = rows.apply(before);
				List<Long> needed = numbers.apply(found).stream().filter((number) -> number > 0).toList();
				Map<Long, StoredDocument> documents = before.read(needed);
				List<Long> missing = needed.stream().filter((number) -> !documents.containsKey(number)).toList();
				if (!missing.isEmpty()) {
					try (DocumentView after = this.store.view()) {
						documents.putAll(after.read(missing));
					}
				}
				if (documents.keySet().containsAll(missing) || attempt == ATTEMPTS) {
					return new Found<>(found, documents);
				}
			}
		}
	}

	/** The documents of ids that the index holds, in the order of the ids. */
	Map<String, StoredDocument> get(Collection<String> ids) {
		List<String> asked = List.copyOf(ids);
		Found<Map<String, Long>> found = find((before) -> numbers(asked), (numbers) -> List.copyOf(numbers.values()));
		Map<String, StoredDocument> documents = new LinkedHashMap<>();
		found.rows().forEach((id, number) -> {
			StoredDocument document = (number > 0) ? found.documents().get(number)
					: StoredDocument.read(id, null, null, null);
			if (document != null) {
				documents.put(id, document);
			}
		});
		return documents;
	}

	/** The numbers of ids that the index holds, 0 for a row without. */
	Map<String, Long> numbers(Collection<String> ids) {
		NumberedIndex present = Numbers.of(this.index.index());
		Map<String, Long> numbers = new LinkedHashMap<>();
		for (String id : ids) {
			long number = present.number(id);
			if (number >= 0) {
				numbers.put(id, number);
			}
		}
		return numbers;
	}

	/** Documents that a filter matches, in the order of their numbers. */
	DocumentPage page(MetadataFilter filter, long start, int limit) {
		try (DocumentView view = this.store.view()) {
			List<Long> numbers = view.page(filter, start, limit);
			Map<Long, StoredDocument> documents = view.read(numbers);
			List<StoredDocument> page = new ArrayList<>();
			for (Long number : numbers) {
				page.add(documents.get(number));
			}
			return new DocumentPage(page, numbers.isEmpty() ? start : numbers.get(numbers.size() - 1));
		}
	}

}
