package dev.snapvec.documents;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.snapvec.documents.MetadataFilter.Operator;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Lucene, the tail and the evaluator agree about what a filter matches.
 */
class FilterAgreementTests {

	private static final DocumentFields FIELDS = new DocumentFields(false, (key) -> true, new StandardAnalyzer());

	/** The documents of {@link #values}, all in Lucene. */
	private static DocumentStore sealed;

	/** Some in Lucene and some in the tail, after a merge and removals. */
	private static DocumentStore mixed;

	private static List<Map<String, Object>> values;

	private static DocumentStore store(DocumentFields fields) {
		return DocumentStore.create(Path.of("documents"), new ByteBuffersDirectory(), Set.of(), fields);
	}

	private static void put(DocumentStore store, long number, Map<String, Object> metadata) {
		store.restore(number, StoredDocument.read("id" + number, "a text", metadata, null));
	}

	@BeforeAll
	static void fill() {
		values = new ArrayList<>();
		values.add(Map.of());
		values.add(Map.of("other", 1));
		for (Object value : RandomDocuments.VALUES) {
			values.add(Metadata.copy("id", Map.of("key", value)));
			values.add(Metadata.copy("id", Map.of("key", List.of("none", value))));
		}
		sealed = store(FIELDS);
		mixed = store(FIELDS);
		for (int i = 0; i < values.size(); i++) {
			put(sealed, i, values.get(i));
			put(mixed, i, values.get(i));
			if (i % 40 == 0) {
				mixed.handOver();
			}
		}
		sealed.handOver();
		// a row without document matches nothing, not even a negation
		sealed.restore(100_000, StoredDocument.of("bare", new float[] { 1 }));
		mixed.restore(100_000, StoredDocument.of("bare", new float[] { 1 }));
		sealed.handOver();
	}

	@AfterAll
	static void close() {
		sealed.close();
		mixed.close();
	}

	private static Set<Long> matching(DocumentStore store, MetadataFilter filter) {
		List<Long> found = new ArrayList<>();
		Set<Long> others = new HashSet<>();
		try (DocumentView view = store.view()) {
			view.matching(filter, found::add);
			boolean complement = view.matchingOrOthers(filter, (number) -> assertThat(others.add(number)).isTrue());
			Set<Long> numbers = new TreeSet<>(found);
			assertThat(found).as("none twice").hasSameSizeAs(numbers);
			assertThat(complement ? others.stream().noneMatch(numbers::contains) : others.equals(numbers)).isTrue();
			long size = view.size();
			assertThat((complement ? size - others.size() : others.size())).as("%s", filter).isEqualTo(numbers.size());
			return numbers;
		}
	}

	private static Set<Long> expected(List<Map<String, Object>> documents, MetadataFilter filter) {
		Set<Long> numbers = new TreeSet<>();
		for (int i = 0; i < documents.size(); i++) {
			if (filter.matches(documents.get(i))) {
				numbers.add((long) i);
			}
		}
		return numbers;
	}

	private static void assertAgreement(MetadataFilter filter) {
		Set<Long> expected = expected(values, filter);
		assertFound(sealed, filter, expected);
		assertFound(mixed, filter, expected);
	}

	private static void assertFound(DocumentStore store, MetadataFilter filter, Set<Long> expected) {
		Set<Long> found = matching(store, filter);
		if (!found.equals(expected)) {
			assertThat(described(found)).as("%s: %s", (store == sealed) ? "in Lucene" : "partly in the tail", filter)
				.isEqualTo(described(expected));
		}
	}

	private static Set<String> described(Set<Long> numbers) {
		Set<String> described = new HashSet<>();
		numbers.forEach((number) -> described
			.add(number + ": " + ((number < values.size()) ? values.get(number.intValue()) : "bare")));
		return described;
	}

	static Stream<Arguments> comparisons() {
		return RandomDocuments.VALUES.stream()
			.filter(RandomDocuments::isFilterValue)
			.flatMap((value) -> Stream.of(Operator.values())
				.map((operator) -> arguments(operator, value.getClass().getSimpleName(), value)));
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("comparisons")
	void everyOperatorWithEveryKindOfValueOverEveryKindOfMetadata(Operator operator, String kind, Object value) {
		MetadataFilter filter = new MetadataFilter.Comparison("key", operator, value);
		assertAgreement(filter);
		assertAgreement(new MetadataFilter.Not(filter));
		if (operator == Operator.EQ) {
			assertAgreement(MetadataFilter.in("key", List.of(value, "b", 7)));
			assertAgreement(MetadataFilter.notIn("key", List.of(value)));
			assertAgreement(MetadataFilter.contains("key", String.valueOf(value)));
		}
	}

	@Test
	void presenceAndConstantsAndPredicates() {
		for (String key : List.of("key", "other", "missing")) {
			assertAgreement(MetadataFilter.isNull(key));
			assertAgreement(MetadataFilter.isNotNull(key));
		}
		assertAgreement(MetadataFilter.all());
		assertAgreement(MetadataFilter.not(MetadataFilter.all()));
		assertAgreement(MetadataFilter.in("key", List.of()));
		assertAgreement(MetadataFilter.notIn("key", List.of()));
		MetadataFilter custom = MetadataFilter.matching("a list", (metadata) -> metadata.get("key") instanceof List<?>);
		assertAgreement(custom);
		assertAgreement(MetadataFilter.not(custom));
		assertAgreement(MetadataFilter.and(custom, MetadataFilter.eq("key", 1)));
		assertAgreement(MetadataFilter.contains("key", ""));
		assertAgreement(MetadataFilter.eq("key", List.of(1, List.of(1))));
	}

	@Test
	void allValuesOfAListAreLookedUp() {
		List<Object> many = new ArrayList<>(
				RandomDocuments.VALUES.stream().filter(RandomDocuments::isFilterValue).toList());
		assertAgreement(MetadataFilter.in("key", many));
		for (int i = 0; i < 2_000; i++) {
			many.add(Instant.ofEpochMilli(i));
			many.add((long) i);
			many.add("text " + i);
			many.add(i / 7.0);
		}
		assertAgreement(MetadataFilter.in("key", many));
		assertAgreement(MetadataFilter.notIn("key", many));
	}

	@Test
	void thousandsOfConditionsAreNotTooManyForLucene() {
		List<MetadataFilter> conditions = new ArrayList<>();
		for (int i = 0; i < 2_000; i++) {
			conditions.add(MetadataFilter.ne("key", i));
		}
		MetadataFilter and = MetadataFilter.and(conditions);
		assertAgreement(and);
		conditions.replaceAll(MetadataFilter::not);
		assertAgreement(MetadataFilter.or(conditions));
	}

	@Test
	void theDeepestFilterIsEvaluated() {
		MetadataFilter filter = MetadataFilter.eq("key", 1);
		for (int i = 2; i < MetadataFilter.MAX_DEPTH; i++) {
			filter = (i % 2 == 0) ? new MetadataFilter.Not(filter)
					: MetadataFilter.and(filter, MetadataFilter.isNotNull("key"));
		}
		assertAgreement(filter);
	}

	@ParameterizedTest
	@EnumSource(Operator.class)
	void keysThatLookAlikeAreDifferent(Operator operator) {
		try (DocumentStore store = store(FIELDS)) {
			for (int i = 0; i < RandomDocuments.KEYS.size(); i++) {
				put(store, i, Map.of(RandomDocuments.KEYS.get(i), 1));
			}
			store.handOver();
			for (int i = 0; i < RandomDocuments.KEYS.size(); i++) {
				MetadataFilter filter = new MetadataFilter.Comparison(RandomDocuments.KEYS.get(i), operator, 1);
				assertThat(matching(store, filter)).as("%s", filter)
					.isEqualTo((filter.matches(Map.of(RandomDocuments.KEYS.get(i), 1))) ? Set.of((long) i) : Set.of());
			}
		}
	}

	@Test
	void someHundredTreesOverRandomDocuments() {
		agree(10, 40);
	}

	@Test
	@Tag("slow")
	void tenThousandTreesOverRandomDocuments() {
		agree(200, 50);
	}

	/** Documents in Lucene and in the tail, some removed, some of keys not indexed. */
	private static void agree(int rounds, int trees) {
		long seed = new Random().nextLong();
		for (int round = 0; round < rounds; round++) {
			Random random = new Random(seed + round);
			RandomDocuments source = new RandomDocuments(random);
			int notIndexed = random.nextInt(3);
			DocumentFields fields = new DocumentFields(false, (key) -> key.length() % 3 != notIndexed,
					new StandardAnalyzer());
			try (DocumentStore store = store(fields)) {
				List<Map<String, Object>> documents = fill(store, random, source);
				for (int tree = 0; tree < trees; tree++) {
					MetadataFilter filter = source.filter();
					Set<Long> expected = expected(documents, filter);
					assertThat(matching(store, filter)).as("seed %d, tree %d: %s", seed + round, tree, filter)
						.isEqualTo(expected);
				}
			}
		}
	}

	private static List<Map<String, Object>> fill(DocumentStore store, Random random, RandomDocuments source) {
		List<Map<String, Object>> documents = new ArrayList<>();
		long last = 1_000_000;
		for (int number = 0; number < 200; number++) {
			documents.add(source.metadata());
			put(store, number, documents.get(number));
			if (random.nextInt(30) == 0) {
				store.handOver();
			}
			if (random.nextInt(10) == 0) {
				// another document, which is removed soon
				put(store, ++last, source.metadata());
				if (random.nextBoolean()) {
					store.handOver();
				}
				store.remove(last);
			}
		}
		return documents;
	}

}
