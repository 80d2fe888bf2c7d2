package dev.snapvec.documents;

import java.util.ArrayList;
import java.util.List;

import dev.snapvec.documents.MetadataFilter.Operator;

/**
 * Translates filters to lookups. What a filter matches is decided by them, or else left
 * to {@link FilterEvaluator}.
 */
final class FilterCompiler {

	/** How many elements of a list are looked up to find equal lists. */
	private static final int FEW = 4;

	private static final FilterNode.Any EVERYTHING = new FilterNode.Any(List.of(Lookup.all()), List.of());

	private FilterCompiler() {
	}

	/** The depth of filters is limited, so recursion is safe. */
	static FilterNode compile(MetadataFilter filter) {
		if (filter instanceof MetadataFilter.And and) {
			return new FilterNode.All(and.filters().stream().map(FilterCompiler::compile).toList());
		}
		if (filter instanceof MetadataFilter.Or or) {
			return either(or.filters().stream().map(FilterCompiler::compile).toList());
		}
		if (filter instanceof MetadataFilter.Not not) {
			return new FilterNode.Complement(compile(not.filter()));
		}
		if (filter instanceof MetadataFilter.Comparison comparison) {
			return compile(comparison);
		}
		if (filter instanceof MetadataFilter.In in) {
			return compile(in);
		}
		if (filter instanceof MetadataFilter.IsNull isNull) {
			Lookup present = Lookup.term(DocumentFields.KEYS, Terms.ofKey(isNull.key()));
			return new FilterNode.Complement(new FilterNode.Any(List.of(present), List.of()));
		}
		if (filter instanceof MetadataFilter.Contains contains) {
			ConditionLookups lookups = new ConditionLookups(contains.key());
			lookups.addContaining(contains.text());
			return lookups.toNode();
		}
		return (filter instanceof MetadataFilter.Custom) ? new FilterNode.Any(List.of(), List.of(Lookup.all()))
				: EVERYTHING;
	}

	/** Lookups of one level are merged, so that they share their bits. */
	private static FilterNode either(List<FilterNode> nodes) {
		List<Lookup> certain = new ArrayList<>();
		List<Lookup> undecided = new ArrayList<>();
		List<FilterNode> others = new ArrayList<>();
		for (FilterNode node : nodes) {
			if (node instanceof FilterNode.Any any) {
				certain.addAll(any.certain());
				undecided.addAll(any.undecided());
			}
			else {
				others.add(node);
			}
		}
		others.add(new FilterNode.Any(certain, undecided));
		return (others.size() == 1) ? others.get(0) : new FilterNode.Either(others);
	}

	private static FilterNode compile(MetadataFilter.Comparison comparison) {
		if (comparison.value() instanceof List<?> list) {
			return (comparison.operator() == Operator.EQ) ? equalLists(comparison.key(), list) : nothing();
		}
		ConditionLookups lookups = new ConditionLookups(comparison.key());
		lookups.add(comparison.operator(), comparison.value());
		return lookups.toNode();
	}

	private static FilterNode compile(MetadataFilter.In in) {
		ConditionLookups lookups = new ConditionLookups(in.key());
		lookups.addAll(in.values().stream().filter((value) -> !(value instanceof List<?>)).toList());
		List<FilterNode> nodes = new ArrayList<>(List.of(lookups.toNode()));
		List<List<?>> lists = new ArrayList<>();
		for (Object value : in.values()) {
			if (value instanceof List<?> list) {
				lists.add(list);
			}
		}
		if (lists.size() <= FEW) {
			lists.forEach((list) -> nodes.add(equalLists(in.key(), list)));
		}
		else {
			nodes.add(lists(in.key()));
		}
		return either(nodes);
	}

	private static FilterNode nothing() {
		return new FilterNode.Any(List.of(), List.of());
	}

	/** All documents with a list, which have to be read. */
	private static FilterNode.Any lists(String key) {
		return new FilterNode.Any(List.of(), List.of(Lookup.term(DocumentFields.LISTS, Terms.ofKey(key)),
				Lookup.term(DocumentFields.UNINDEXED, Terms.ofKey(key))));
	}

	/** Equal lists have equal elements. */
	private static FilterNode equalLists(String key, List<?> list) {
		List<FilterNode> nodes = new ArrayList<>(List.of(lists(key)));
		for (Object element : list) {
			if (!(element instanceof List<?>) && nodes.size() <= FEW) {
				ConditionLookups lookups = new ConditionLookups(key);
				lookups.add(Operator.EQ, element);
				nodes.add(lookups.toNode());
			}
		}
		return (nodes.size() == 1) ? nodes.get(0) : new FilterNode.All(nodes);
	}

}
