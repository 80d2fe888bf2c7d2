package dev.snapvec;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Vectors under ids, compressed, searched by similarity: what all four indexes share.
 *
 * <h2>Threads</h2>
 * <p>
 * Assumed: nothing. Guaranteed, frozen or not:
 * <ol>
 * <li>Any number of threads may search at any time.
 * <li>Mutations are serialised inside the index: a second writer waits, it never
 * corrupts.
 * <li>A search that starts after a mutation returned sees it; one that overlaps it sees
 * all of it or none, a batch included.
 * <li>Searches never wait for mutations, nor mutations for searches.
 * <li>After {@link #freeze()} every mutation throws {@link FrozenIndexException}.
 * <li>{@link #save(Path)} writes the index as it was at one moment, while mutations go
 * on.
 * <li>Another process that loads a file while it is saved anew gets the old one or the
 * new one, never a mix. {@link dev.snapvec.store.IndexStore} also sees to it that one
 * process writes at a time.
 * </ol>
 *
 * <h2>Ids</h2>
 * <p>
 * An id is any text of at most 65,535 UTF-8 bytes. The decimal form of a {@code long}
 * takes the least memory, eight bytes.
 *
 * <h2>Failures</h2>
 * <p>
 * A call that throws has changed nothing, neither the index nor a file.
 *
 * @since 0.1.0
 */
public sealed interface VectorIndex permits QuantizedIndex, TrainableIndex {

	/**
	 * Loads an index of any type from a file, as it was saved.
	 * @param path a file that {@link #save(Path)} or the Python package wrote
	 * @return the index, not frozen
	 * @throws CorruptIndexException if the file is not an index, truncated or damaged
	 * @throws UnsupportedVersionException if its format is newer than this library
	 * @throws IndexIoException if it cannot be read
	 */
	static VectorIndex load(Path path) {
		return load(path, LoadOptions.defaults());
	}

	/**
	 * Loads an index of any type from a file.
	 * @param path a file that {@link #save(Path)} or the Python package wrote
	 * @param options how it shall score and search
	 * @return the index, not frozen
	 * @throws CorruptIndexException if the file is not an index, truncated or damaged
	 * @throws UnsupportedVersionException if its format is newer than this library
	 * @throws IndexIoException if it cannot be read
	 * @throws IllegalArgumentException if the options set what its type does not have, or
	 * out of its range
	 */
	static VectorIndex load(Path path, LoadOptions options) {
		return IndexReader.load(path, options);
	}

	/**
	 * Returns what the index is.
	 * @return its type and settings
	 */
	IndexSpec spec();

	/**
	 * Returns the length of the vectors.
	 * @return the dimension
	 */
	int dimension();

	/**
	 * Returns how many ids the index holds.
	 * @return the number of live rows
	 */
	int size();

	/**
	 * Tells whether the index holds an id.
	 * @param id an id
	 * @return whether a row has it
	 */
	boolean contains(String id);

	/**
	 * Rebuilds the vector of a row from what is kept of it. It has the direction that the
	 * row's code stands for, and the length of the vector that was added.
	 * <p>
	 * How near that is to the vector depends on the bits that were spent on it: an
	 * {@link IvfPqSnapIndex} with full precision gives every coordinate of the unit
	 * vector to about three decimal digits, a {@link ResidualSnapIndex} of 4 + 4 bits a
	 * cosine of about 0.9998 with the vector, a {@link SnapIndex} of 4 bits one of about
	 * 0.995, of 2 bits 0.94, and the others what they learned. No type gives the vector
	 * itself.
	 * @param id an id
	 * @return the vector, of the dimension, or nothing if no row has the id
	 */
	Optional<float[]> vector(String id);

	/**
	 * Adds a row.
	 * @param id its id, not in the index yet
	 * @param vector its vector: finite numbers, as many as the dimension; one of all
	 * zeros is kept and scores 0
	 * @throws InvalidIdException if the id is there already or cannot be stored
	 * @throws InvalidVectorException if the vector has the wrong length, holds NaN or
	 * infinity, or is not of length 1 where that was promised
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index must be trained first
	 */
	default void add(String id, float[] vector) {
		addAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds rows, all of them or none.
	 * @param ids their ids, none in the index yet, no two equal
	 * @param vectors their vectors, one an id, each of the dimension
	 * @throws InvalidIdException if an id is there already, given twice, or cannot be
	 * stored
	 * @throws InvalidVectorException if a vector has the wrong length, holds NaN or
	 * infinity, or is not of length 1 where that was promised
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index must be trained first
	 */
	default void addAll(List<String> ids, float[][] vectors) {
		addAll(ids, vectors, ProgressListener.NONE);
	}

	/**
	 * Adds rows, all of them or none.
	 * @param ids their ids, none in the index yet, no two equal
	 * @param vectors their vectors, one an id, each of the dimension
	 * @param progress is told how many rows are encoded
	 * @throws InvalidIdException if an id is there already, given twice, or cannot be
	 * stored
	 * @throws InvalidVectorException if a vector has the wrong length, holds NaN or
	 * infinity, or is not of length 1 where that was promised
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index must be trained first
	 */
	void addAll(List<String> ids, float[][] vectors, ProgressListener progress);

	/**
	 * Adds a row, in place of the one that has the id, if any.
	 * @param id its id
	 * @param vector its vector: finite numbers, as many as the dimension; one of all
	 * zeros is kept and scores 0
	 * @throws InvalidIdException if the id cannot be stored
	 * @throws InvalidVectorException as for {@link #add}
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index must be trained first
	 */
	default void upsert(String id, float[] vector) {
		upsertAll(List.of(id), new float[][] { vector });
	}

	/**
	 * Adds rows, each in place of the one that has its id, if any; all of them or none.
	 * @param ids their ids, no two equal
	 * @param vectors their vectors, one an id, each of the dimension
	 * @throws InvalidIdException if an id is given twice or cannot be stored
	 * @throws InvalidVectorException as for {@link #addAll(List, float[][])}
	 * @throws FrozenIndexException if the index is frozen
	 * @throws NotFittedException if the index must be trained first
	 */
	void upsertAll(List<String> ids, float[][] vectors);

	/**
	 * Removes a row.
	 * @param id its id
	 * @return whether it was there
	 * @throws FrozenIndexException if the index is frozen
	 */
	default boolean delete(String id) {
		return deleteAll(List.of(id)) == 1;
	}

	/**
	 * Removes rows, at one moment for readers.
	 * @param ids their ids; those that are not there are ignored
	 * @return how many were there
	 * @throws FrozenIndexException if the index is frozen
	 */
	int deleteAll(Collection<String> ids);

	/**
	 * Finds the rows most similar to a query.
	 * @param query a finite vector of the dimension, of any length; one of all zeros
	 * finds nothing
	 * @param topK how many to find at most, at least 1
	 * @return the hits, best first; immutable
	 * @throws InvalidVectorException if the query has the wrong length, or holds NaN or
	 * infinity
	 * @throws NotFittedException if the index must be trained first
	 */
	default List<Hit> search(float[] query, int topK) {
		return search(SearchRequest.of(query).topK(topK).build());
	}

	/**
	 * Finds the rows most similar to a query.
	 * @param request the query and how to search for it
	 * @return the hits, best first; immutable
	 * @throws InvalidVectorException if the query has the wrong length, or holds NaN or
	 * infinity
	 * @throws IllegalArgumentException if the request sets what this type does not have,
	 * or out of its range
	 * @throws NotFittedException if the index must be trained first
	 */
	List<Hit> search(SearchRequest request);

	/**
	 * Runs many searches, several at a time on the index's executor.
	 * @param requests the searches
	 * @return the hits of each, in the same order
	 */
	List<List<Hit>> searchAll(List<SearchRequest> requests);

	/**
	 * Runs many searches, several at a time.
	 * @param requests the searches
	 * @param executor runs them, beside the calling thread
	 * @return the hits of each, in the same order
	 */
	List<List<Hit>> searchAll(List<SearchRequest> requests, Executor executor);

	/**
	 * Measures how much of what there is to find searches find, with stored vectors as
	 * queries. It takes two searches for each of them, one of which scores all rows, on
	 * the calling thread, and disturbs neither other searches nor mutations.
	 * @param options how many vectors to ask for, and with which settings
	 * @return what was found
	 * @throws IllegalArgumentException if the options set what this type does not have,
	 * or out of its range
	 * @throws IllegalStateException if there are not two rows that differ from zero
	 * @throws NotFittedException if the index must be trained first
	 */
	RecallReport recall(RecallOptions options);

	/**
	 * Ends writing: refuses mutations from now on, then {@linkplain #compact compacts}
	 * the index. Does nothing if the index is frozen already.
	 */
	void freeze();

	/**
	 * Allows mutations again. Does nothing if the index is not frozen.
	 */
	void unfreeze();

	/**
	 * Tells whether mutations are refused.
	 * @return whether the index is frozen
	 */
	boolean isFrozen();

	/**
	 * Drops deleted rows, sorts new ones into their lists and gives back spare memory.
	 * Searches and mutations go on meanwhile; what they change is kept. The index does so
	 * itself, in the background, when many rows are deleted or unsorted. While it does,
	 * it takes up to twice its memory.
	 */
	void compact();

	/**
	 * Describes the index as it is now.
	 * @return its parameters and sizes
	 */
	IndexStats stats();

	/**
	 * Returns what is noted of the index beside its parameters, such as the model that
	 * made the vectors. It is saved with the index; Python ignores it.
	 * @return names and values, immutable
	 */
	Map<String, String> attributes();

	/**
	 * Replaces what is noted of the index.
	 * @param attributes names, of at most 65,535 UTF-8 bytes and not beginning with
	 * {@code snapvec.}, and values
	 */
	void attributes(Map<String, String> attributes);

	/**
	 * Saves the index to a file that Python can read too. The file is replaced whole or
	 * not at all, and is on disk when this returns. Interrupts do not end it.
	 * @param path the file to make or replace, in an existing directory
	 * @throws IndexIoException if it cannot be written; a file that was there is still
	 * there, unless the message says that it was replaced and only its directory could
	 * not be forced to disk
	 * @throws NotFittedException if the index must be trained first
	 */
	void save(Path path);

}
