package dev.snapvec.internal.number;

import java.lang.invoke.MethodHandles;
import java.util.Objects;

import dev.snapvec.RowFilter;
import dev.snapvec.SafeIndex;
import dev.snapvec.VectorIndex;
import org.jspecify.annotations.Nullable;

/**
 * Access to what the API of an index does not expose: the numbers of its rows. Provided
 * by the package of the indexes.
 */
public abstract class Numbers {

	private static volatile @Nullable Numbers provided;

	protected abstract NumberedIndex indexOf(VectorIndex index);

	protected abstract NumberedHandle handleOf(SafeIndex index);

	protected abstract RowFilter filterOf(NumberQuery query);

	public static void provide(Numbers numbers) {
		provided = numbers;
	}

	private static Numbers provided() {
		try {
			MethodHandles.lookup().ensureInitialized(SafeIndex.class); // which provides
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
		return Objects.requireNonNull(provided);
	}

	/**
	 * @param index an index
	 * @return its numbers, for reading, and for changes while no handle has the index
	 */
	public static NumberedIndex of(VectorIndex index) {
		return provided().indexOf(index);
	}

	/**
	 * @param index a handle; from now on, mutations of one id run one after the other
	 * @return its mutations with numbers
	 */
	public static NumberedHandle of(SafeIndex index) {
		return provided().handleOf(index);
	}

	/**
	 * @param query asks for documents
	 * @return the filter of searches that allows the rows of these documents; equal to
	 * another one if their queries are equal
	 */
	public static RowFilter filter(NumberQuery query) {
		return provided().filterOf(query);
	}

}
