package dev.snapvec.documents;

import java.util.List;

/** Limits the size of filter trees, so that recursion over them is safe. */
final class FilterBounds {

	private FilterBounds() {
	}

	static List<MetadataFilter> atLeastTwo(List<MetadataFilter> filters) {
		if (filters.size() < 2) {
			throw new IllegalArgumentException("AND and OR must have at least 2 filters, but had " + filters.size());
		}
		return List.copyOf(filters);
	}

	/** Checks a node, whose children were checked before. */
	static void check(List<MetadataFilter> children) {
		int size = 1;
		int depth = 1;
		for (MetadataFilter child : children) {
			size += size(child);
			depth = Math.max(depth, 1 + depth(child));
			if (size > MetadataFilter.MAX_SIZE) {
				throw new IllegalArgumentException(
						"a filter must have at most " + MetadataFilter.MAX_SIZE + " conditions, but had more");
			}
		}
		if (depth > MetadataFilter.MAX_DEPTH) {
			throw new IllegalArgumentException(
					"a filter must have at most " + MetadataFilter.MAX_DEPTH + " levels, but had " + depth);
		}
	}

	/**
	 * {@return the number of conditions and of the values that they compare with}
	 */
	static int weight(MetadataFilter filter) {
		int weight = (filter instanceof MetadataFilter.In in) ? in.values().size() : 1;
		for (MetadataFilter child : children(filter)) {
			weight += weight(child);
		}
		return weight;
	}

	private static int size(MetadataFilter filter) {
		int size = 1;
		for (MetadataFilter child : children(filter)) {
			size += size(child);
		}
		return size;
	}

	private static int depth(MetadataFilter filter) {
		int depth = 0;
		for (MetadataFilter child : children(filter)) {
			depth = Math.max(depth, depth(child));
		}
		return 1 + depth;
	}

	private static List<MetadataFilter> children(MetadataFilter filter) {
		if (filter instanceof MetadataFilter.And and) {
			return and.filters();
		}
		if (filter instanceof MetadataFilter.Or or) {
			return or.filters();
		}
		return (filter instanceof MetadataFilter.Not not) ? List.of(not.filter()) : List.of();
	}

}
