package dev.snapvec;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A compressed vector index: stores vectors under ids and searches them by similarity.
 * All four index types implement it.
 *
 * <h2>Threads</h2>
 * <p>
 * An index is thread-safe without any synchronization by its caller. Guaranteed, frozen
 * or not:
 * <ol>
 * <li>Any number of threads may search concurrently.
 * <li>Mutations are serialized inside the index: concurrent writers wait and never
 * corrupt it.
 * <li>A search that starts after a mutation returned sees it; a concurrent one sees all
 * of it or nothing, also of a batch.
 * <li>Searches never wait for mutations, nor mutations for searches.
 * <li>After {@link #freeze()} every mutation throws {@link FrozenIndexException}.
 * <li>{@link #save(Path)} writes the state of the index at one moment; mutations continue
 * meanwhile.
 * <li>A process that loads a file while another one saves it reads the old or the new
 * file, never a mix. {@link dev.snapvec.store.IndexStore} also ensures that only one
 * process writes at a time.
 * </ol>
 *
 * <h2>Ids</h2>
 * <p>
 * An id is any string of at most 65,535 UTF-8 bytes without unpaired surrogates. The
 * decimal form of a {@code long} takes the least memory, eight bytes.
 *
 * <h2>Failures</h2>
 * <p>
 * A call that throws has changed nothing, neither the index nor a file, unless its
 * documentation says otherwise.
 *
 * @since 0.1.0
 */
public sealed interface VectorIndex permits QuantizedIndex, TrainableIndex {

	/**
	 * Loads an index of any type from a file, with the settings with which it was saved.
	 * @param path a file that {@link #save(Path)} or the Python package wrote
	 * @return the index, not frozen
	 * @throws CorruptIndexException if the file is not an index file, truncated or
	 * damaged
	 * @throws UnsupportedVersionException if its format is newer than this library
	 * @throws IndexIoException if it cannot be read
	 */
	static VectorIndex load(Path path) {
		return load(path, LoadOptions.defaults());
	}

	/**
	 * Loads an index of any type from a file.
	 * @param path a file that {@link #save(Path)} or the Python package wrote
	 * @param options how to score and search
	 * @return the index, not frozen
	 * @throws CorruptIndexException if the file is not an index file, truncated or
	 * damaged
	 * @throws UnsupportedVersionException if its format is newer than this library
	 * @throws IndexIoException if it cannot be read
	 * @throws IllegalArgumentException if the index type does not support an option, or
	 * its value is out of range
	 */
	static VectorIndex load(Path path, LoadOptions options) {
		return IndexReader.load(path, options);
	}

	/**
	 * {@return type and settings of the index}
	 */
	IndexSpec spec();

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
	 * Reconstructs the approximate vector of an id from its code. It has the direction
	 * that the code represents, and the norm of the vector that was added.
	 * <p>
	 * How close it is to the original depends on the bits per vector: an
	 * {@link IvfPqSnapIndex} with full precision gives every coordinate of the unit
	 * vector to about three decimal digits, a {@link ResidualSnapIndex} of 4 + 4 bits has
	 * a cosine of about 0.9998 with the original, a {@link SnapIndex} of 4 bits about
	 * 0.995 and of 2 bits 0.94, and for the other types it depends on the training. No
	 * type returns the exact vector.
	 * @param id an id
	 * @return the reconstructed vector, of the dimension, or empty if the index does not
	 * hold the id
	 */
	Optional<float[]> vector(String id);

	/**
	 * Adds a vector.
	 * @param id its id, not in the index yet
	 * @param vector the vector: finite numbers, as many as the dimension; one of all
	 * zeros is stored and scores 0, unless the index is normalized, which rejects it
	 * @throws InvalidIdException if the index holds the id already, or it cannot be
	 * stored
	 * @throws InvalidVectorException if the vector has the wrong dimension, holds NaN or
	 * infinity, or is not a unit vector although the index is normalized
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index is not fitted yet
	 */
	default void add(String id, float[] vector) {
		addAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds vectors, all of them or none.
	 * @param ids their ids, none in the index yet, no two equal
	 * @param vectors the vectors, one per id, each of the dimension; not retained. If
	 * there are none, nothing happens
	 * @throws IllegalArgumentException if there are not as many vectors as ids
	 * @throws InvalidIdException if the index holds an id already, an id is given twice,
	 * is longer than 65,535 UTF-8 bytes or holds an unpaired surrogate
	 * @throws InvalidVectorException if a vector has the wrong dimension, holds NaN or
	 * infinity, or is not a unit vector although the index is normalized
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index is not fitted yet
	 */
	default void addAll(List<String> ids, float[][] vectors) {
		addAll(ids, vectors, ProgressListener.NONE);
	}

	/**
	 * Adds vectors, all of them or none.
	 * @param ids their ids, none in the index yet, no two equal
	 * @param vectors the vectors, one per id, each of the dimension
	 * @param progress receives how many vectors are encoded
	 * @throws InvalidIdException if the index holds an id already, an id is given twice,
	 * or it cannot be stored
	 * @throws InvalidVectorException if a vector has the wrong dimension, holds NaN or
	 * infinity, or is not a unit vector although the index is normalized
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index is not fitted yet
	 */
	void addAll(List<String> ids, float[][] vectors, ProgressListener progress);

	/**
	 * Adds a vector, or replaces the one that has its id.
	 * @param id its id
	 * @param vector the vector: finite numbers, as many as the dimension; one of all
	 * zeros is stored and scores 0, unless the index is normalized, which rejects it
	 * @throws InvalidIdException if the id cannot be stored
	 * @throws InvalidVectorException as for {@link #add}
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index is not fitted yet
	 */
	default void upsert(String id, float[] vector) {
		upsertAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds vectors, each replacing the one that has its id, if any; all of them or none.
	 * @param ids their ids, no two equal
	 * @param vectors the vectors, one per id, each of the dimension
	 * @throws InvalidIdException if an id is given twice or cannot be stored
	 * @throws InvalidVectorException as for {@link #addAll(List, float[][])}
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index is not fitted yet
	 */
	void upsertAll(List<String> ids, float[][] vectors);

	/**
	 * Deletes a vector.
	 * @param id its id
	 * @return whether the index held it
	 * @throws FrozenIndexException if the index is frozen
	 */
	default boolean delete(String id) {
		return deleteAll(List.of(id)) == 1;
	}

	/**
	 * Deletes vectors, atomically for readers.
	 * @param ids their ids; those that the index does not hold are ignored
	 * @return the number of vectors deleted
	 * @throws FrozenIndexException if the index is frozen
	 */
	int deleteAll(Collection<String> ids);

	/**
	 * Returns the vectors most similar to a query.
	 * @param query a vector of the index's dimension, of finite numbers and any norm; one
	 * of all zeros has no hits
	 * @param topK the number of hits at most, at least 1
	 * @return the hits, best first; immutable
	 * @throws InvalidVectorException if the query has the wrong dimension, or holds NaN
	 * or infinity
	 * @throws NotFittedException if the index is not fitted yet
	 */
	default List<Hit> search(float[] query, int topK) {
		return search(SearchRequest.of(query).topK(topK).build());
	}

	/**
	 * Returns the vectors most similar to a query.
	 * @param request the query and how to search for it
	 * @return the hits, best first; immutable
	 * @throws InvalidVectorException if the query has the wrong dimension, or holds NaN
	 * or infinity
	 * @throws IllegalArgumentException if the type does not support a setting of the
	 * request, or its value is out of range
	 * @throws NotFittedException if the index is not fitted yet
	 */
	List<Hit> search(SearchRequest request);

	/**
	 * Runs many searches in parallel, on the executor of the index and the calling
	 * thread.
	 * @param requests the searches
	 * @return the hits of each, in the same order
	 */
	List<List<Hit>> searchAll(List<SearchRequest> requests);

	/**
	 * Runs many searches in parallel.
	 * @param requests the searches
	 * @param executor runs searches, in addition to the calling thread
	 * @return the hits of each, in the same order
	 */
	List<List<Hit>> searchAll(List<SearchRequest> requests, Executor executor);

	/**
	 * Measures recall: the share of the true nearest neighbours that searches return,
	 * with stored vectors as queries. It runs two searches per query on the calling
	 * thread, one of which scores all rows, and blocks neither searches nor mutations.
	 * @param options how many vectors to search for, and with which settings
	 * @return the measured recall
	 * @throws IllegalArgumentException if the type does not support an option, or its
	 * value is out of range
	 * @throws IllegalStateException if there are fewer than two vectors other than zero
	 * @throws NotFittedException if the index is not fitted yet
	 */
	RecallReport recall(RecallOptions options);

	/**
	 * Freezes the index: mutations are rejected from now on. Then {@linkplain #compact
	 * compacts} it. Does nothing if the index is frozen already.
	 */
	void freeze();

	/**
	 * Allows mutations again. Does nothing if the index is not frozen.
	 */
	void unfreeze();

	/**
	 * {@return whether the index is frozen and rejects mutations}
	 */
	boolean isFrozen();

	/**
	 * Drops dead rows, sorts new ones into their inverted lists and frees spare memory.
	 * Searches and mutations continue meanwhile, and no change is lost. The index
	 * compacts itself in the background when many rows are dead or unsorted. A compacting
	 * index takes up to twice its memory.
	 */
	void compact();

	/**
	 * {@return the present settings and sizes of the index}
	 */
	IndexStats stats();

	/**
	 * Returns the attributes of the index, such as the model that computed the vectors.
	 * They are saved with the index; Python ignores them.
	 * @return names and values, immutable
	 */
	Map<String, String> attributes();

	/**
	 * Replaces the attributes of the index.
	 * @param attributes names, of at most 65,535 UTF-8 bytes and not beginning with
	 * {@code snapvec.}, and values
	 */
	void attributes(Map<String, String> attributes);

	/**
	 * Saves the index to a file that Python can read too. The file is replaced
	 * atomically, and forced to disk when this returns. Interrupts do not end it.
	 * @param path the file to create or replace, in an existing directory
	 * @throws IndexIoException if it cannot be written; an existing file is unchanged,
	 * unless the message says that it was replaced and only its directory could not be
	 * forced to disk
	 * @throws NotFittedException if the index is not fitted yet
	 */
	void save(Path path);

}
