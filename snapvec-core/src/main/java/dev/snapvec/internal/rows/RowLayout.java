package dev.snapvec.internal.rows;

import java.util.List;
import java.util.Set;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.Slice;

/**
 * The parts of a row beside its id.
 *
 * @param codes the layouts of its codes: one code per coordinate or subspace, or two
 * @param floats the numbers kept per row
 * @param float16 number of float16 coordinates of the vector itself that are kept, 0 for
 * none
 * @param partitioned whether rows belong to inverted lists
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
	 * @return bytes per row, without its id
	 */
	public int bytesPerRow() {
		int bytes = this.float16 * Short.BYTES + this.floats.size() * Float.BYTES;
		for (CodeSlices code : this.codes) {
			bytes += code.columns();
		}
		return bytes;
	}

	/**
	 * @param code number of a code
	 * @return number of its first slice among all slices of a row
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
