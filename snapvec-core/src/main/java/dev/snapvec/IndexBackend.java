package dev.snapvec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be done with an index by its ids, wherever its rows are. Applications call
 * these methods of a {@link SafeIndex}, which also implements them; what it stands in
 * front of is usually one {@link VectorIndex} in this process. Other modules implement
 * this interface for several indexes, or for a cluster. Thread-safe.
 * <p>
 * A handle calls its backend with no lock held, and adds what does not depend on the
 * rows: the name in messages, interceptors, the cache and listeners. What needs one index
 * in this process is part of {@link SafeIndex#local()} instead.
 * <p>
 * A call that throws has changed nothing, unless the implementation documents otherwise.
 * An implementation that cannot do what a method says throws an exception that says what
 * to do instead; one that is temporarily unable throws an
 * {@link IndexUnavailableException}.
 *
 * @since 0.1.0
 * @see SafeIndex#SafeIndex(String, IndexBackend)
 */
public interface IndexBackend {

	/**
	 * {@return the number of changes and replacements of the index so far; it never
	 * decreases, and a change has raised it before its call returns, so that results can
	 * be cached under it}
	 */
	long generation();

	/**
	 * Returns the number of changes since the index was last saved where it is restored
	 * from. A batch is one change.
	 * @return the number of changes; 0 if changes are saved before their calls return
	 */
	long unsavedChanges();

	/**
	 * {@return the dimension of the vectors}
	 */
	int dimension();

	/**
	 * {@return the number of ids in the index}
	 */
	int size();

	/**
	 * {@return whether the index holds an id}
	 * @param id the id
	 */
	boolean contains(String id);

	/**
	 * Reconstructs the approximate vector of an id from its code.
	 * @param id an id
	 * @return the reconstructed vector, or empty if the index does not hold the id
	 * @see VectorIndex#vector
	 */
	Optional<float[]> vector(String id);

	/**
	 * {@return whether vectors can be added: false only for an index that is yet to be
	 * {@linkplain #fit fitted}}
	 */
	boolean isFitted();

	/**
	 * Trains the index, as {@link #fit(float[][], ProgressListener)} does, without
	 * reporting progress.
	 * @param sample representative vectors, each of the dimension
	 * @throws IllegalStateException if the index is fitted already or being fitted, or
	 * needs no training
	 */
	default void fit(float[][] sample) {
		fit(sample, ProgressListener.NONE);
	}

	/**
	 * Trains the index on a sample, before its first vector is added. That takes long,
	 * but blocks nothing. The index counts as changed.
	 * @param sample representative vectors, each of the dimension
	 * @param progress receives the progress of each phase, and a warning if the sample is
	 * small
	 * @throws IllegalStateException if the index is fitted already or being fitted, or
	 * needs no training
	 * @see TrainableIndex#fit(float[][], ProgressListener)
	 */
	void fit(float[][] sample, ProgressListener progress);

	/**
	 * Adds a vector, as {@link VectorIndex#add} does.
	 * @param id its id, not in the index yet
	 * @param vector the vector
	 */
	default void add(String id, float[] vector) {
		addAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds vectors, all of them or none, as {@link VectorIndex#addAll} does.
	 * @param ids their ids
	 * @param vectors the vectors, one per id
	 */
	default void addAll(List<String> ids, float[][] vectors) {
		addAll(ids, vectors, ProgressListener.NONE);
	}

	/**
	 * Adds vectors, all of them or none.
	 * @param ids their ids; a handle passes an immutable list to its backend
	 * @param vectors the vectors, one per id
	 * @param progress receives how many vectors are encoded
	 * @see VectorIndex#addAll(List, float[][], ProgressListener)
	 */
	void addAll(List<String> ids, float[][] vectors, ProgressListener progress);

	/**
	 * Adds a vector, or replaces the one that has its id, as {@link VectorIndex#upsert}
	 * does.
	 * @param id its id
	 * @param vector the vector
	 */
	default void upsert(String id, float[] vector) {
		upsertAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds vectors, each replacing the one that has its id, if any; all of them or none.
	 * @param ids their ids; a handle passes an immutable list to its backend
	 * @param vectors the vectors, one per id
	 * @see VectorIndex#upsertAll
	 */
	void upsertAll(List<String> ids, float[][] vectors);

	/**
	 * Deletes a vector, as {@link VectorIndex#delete} does.
	 * @param id its id
	 * @return whether the index held it
	 */
	default boolean delete(String id) {
		return deleteAll(List.of(id)) == 1;
	}

	/**
	 * Deletes vectors; a search sees all of the deletions or none.
	 * @param ids their ids; those that the index does not hold, and repeated ones, are
	 * ignored; a handle passes an immutable list to its backend
	 * @return the number of vectors deleted
	 * @throws FrozenIndexException if the index is frozen
	 * @throws IndexIoException if they cannot be recorded in the write-ahead log; nothing
	 * is deleted then
	 * @see VectorIndex#deleteAll
	 */
	int deleteAll(Collection<String> ids);

	/**
	 * Returns the vectors most similar to a query, as
	 * {@link VectorIndex#search(float[], int)} does.
	 * @param query a vector of the index's dimension, of finite numbers
	 * @param topK the number of hits at most, at least 1
	 * @return the hits, best first; immutable
	 */
	default List<Hit> search(float[] query, int topK) {
		return search(SearchRequest.of(query).topK(topK).build());
	}

	/**
	 * Returns the vectors most similar to a query.
	 * @param request the query and how to search for it
	 * @return the hits, best first; immutable
	 * @see VectorIndex#search(SearchRequest)
	 */
	List<Hit> search(SearchRequest request);

	/**
	 * Runs many searches in parallel.
	 * @param requests the searches
	 * @return the hits of each, in the same order
	 * @see VectorIndex#searchAll(List)
	 */
	List<List<Hit>> searchAll(List<SearchRequest> requests);

	/**
	 * Freezes the index, as {@link VectorIndex#freeze} does: mutations are rejected from
	 * now on.
	 */
	void freeze();

	/**
	 * Allows mutations again, as {@link VectorIndex#unfreeze} does.
	 */
	void unfreeze();

	/**
	 * {@return whether the index rejects mutations}
	 */
	boolean isFrozen();

	/**
	 * Drops dead rows and frees spare memory, as {@link VectorIndex#compact} does.
	 * Searches and mutations continue meanwhile.
	 */
	void compact();

	/**
	 * {@return the present settings and sizes of the index}
	 */
	IndexStats stats();

	/**
	 * {@return the attributes of the index: names and values; immutable}
	 * @see VectorIndex#attributes()
	 */
	Map<String, String> attributes();

	/**
	 * Sets or changes an attribute of the index, which counts as changed.
	 * @param name the attribute's name
	 * @param value its value
	 * @see VectorIndex#attributes(Map)
	 */
	void attribute(String name, String value);

}
