package dev.snapvec.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The contenders of other libraries, by the library's name.
 */
final class Peers {

	private Peers() {
	}

	static List<Contender> of(List<String> names) {
		return names.stream().flatMap(Peers::of).toList();
	}

	private static Stream<Contender> of(String name) {
		return switch (name) {
			case "lucene" -> Stream.of(new LuceneContender());
			case "jvector" -> Stream.of(new JVectorGraphContender(), new JVectorPqContender());
			case "hnswlib" -> Stream.of(new HnswlibContender());
			case "springai" -> Stream.of(new SpringAiContender());
			default -> throw new IllegalArgumentException(String.format(Locale.ROOT,
					"'%s' is not a peer; there are lucene, jvector, hnswlib and springai", name));
		};
	}

}
