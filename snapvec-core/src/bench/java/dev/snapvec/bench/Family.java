package dev.snapvec.bench;

/**
 * Results that share a color.
 */
enum Family {

	/** Rotated scalar codes. */
	SNAP("snapvec scalar", "#0969da"),

	/** Product codes, all scanned. */
	PRODUCT("snapvec PQ", "#1a7f37"),

	/** Product codes in lists. */
	LISTS("snapvec IVF-PQ", "#8250df"),

	/** Lucene. */
	LUCENE("Lucene", "#9a6700"),

	/** JVector. */
	JVECTOR("JVector", "#cf222e"),

	/** The Java version of hnswlib. */
	HNSWLIB("hnswlib-java", "#bf3989"),

	/** Spring AI. */
	SPRING_AI("Spring AI", "#57606a");

	private final String title;

	private final String color;

	Family(String title, String color) {
		this.title = title;
		this.color = color;
	}

	static Family of(String name) {
		return switch (name.replaceFirst("[-0-9].*", "")) {
			case "pq" -> PRODUCT;
			case "ivfpq" -> LISTS;
			case "lucene" -> LUCENE;
			case "jvector" -> JVECTOR;
			case "hnswlib" -> HNSWLIB;
			case "springai" -> SPRING_AI;
			default -> SNAP;
		};
	}

	String title() {
		return this.title;
	}

	String color() {
		return this.color;
	}

}
