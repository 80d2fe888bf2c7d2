package dev.snapvec.internal.rows;

import java.util.List;
import java.util.Set;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Slice;

/**
 * What an index keeps of a row beside its id.
 *
 * @param codes its codes: one of each coordinate or subspace, or two
 * @param floats the numbers kept of each row
 * @param float16 how many float16 coordinates of the vector itself are kept, 0 for none
 * @param partitioned whether rows belong to lists
 */
public record RowLayout(List<CodeSlices> codes, Set<FloatColumn> floats, int float16, boolean partitioned) {

	public RowLayout {
		codes = List.copyOf(codes);
		floats = Set.copyOf(floats);
	}

	public boolean has(FloatColumn column) {
		return this.floats.contains(column);
	}

	/**
	 * @return bytes of a row's code and of what is kept beside it, without its id
	 */
	public int bytesPerRow() {
		int bytes = this.float16 * Short.BYTES + this.floats.size() * Float.BYTES;
		for (CodeSlices code : this.codes) {
			bytes += code.columns();
		}
		return bytes;
	}

	/**
	 * @param code the number of a code
	 * @return the number of its first slice among all slices of a row
	 */
	public int firstSlice(int code) {
		int first = 0;
		for (int c = 0; c < code; c++) {
			first += this.codes.get(c).slices().size();
		}
		return first;
	}

	/** All slices, those of the first code first. */
	List<Slice> slices() {
		return this.codes.stream().flatMap((code) -> code.slices().stream()).toList();
	}

}
