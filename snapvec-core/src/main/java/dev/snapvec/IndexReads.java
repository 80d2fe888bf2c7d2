package dev.snapvec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a local index through its handle, which the index of that moment
 * answers.
 */
abstract class IndexReads implements IndexBackend {

	/** The index of this moment, which another one may replace. */
	public abstract QuantizedIndex index();

	@Override
	public int dimension() {
		return index().dimension();
	}

	@Override
	public int size() {
		return index().size();
	}

	@Override
	public boolean contains(String id) {
		return index().contains(id);
	}

	@Override
	public Optional<float[]> vector(String id) {
		return index().vector(id);
	}

	@Override
	public List<Hit> search(SearchRequest request) {
		return index().search(request);
	}

	@Override
	public List<List<Hit>> searchAll(List<SearchRequest> requests) {
		return index().searchAll(requests);
	}

	@Override
	public IndexStats stats() {
		return index().stats();
	}

	@Override
	public Map<String, String> attributes() {
		return index().attributes();
	}

	@Override
	public boolean isFitted() {
		return index().fitted() != null;
	}

	@Override
	public boolean isFrozen() {
		return index().isFrozen();
	}

	@Override
	public void compact() {
		index().compact();
	}

}
