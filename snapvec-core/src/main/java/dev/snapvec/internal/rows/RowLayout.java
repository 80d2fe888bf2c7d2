package dev.snapvec.internal.rows;

import java.util.List;
import java.util.Set;

import dev.snapvec.internal.code.Plane;

/**
 * What an index keeps of a row beside its id.
 *
 * @param planes the parts of its code
 * @param floats the numbers kept of each row
 * @param float16 how many float16 coordinates of the vector itself are kept, 0 for none
 * @param partitioned whether rows belong to lists
 */
public record RowLayout(List<Plane> planes, Set<FloatColumn> floats, int float16, boolean partitioned) {

	public RowLayout {
		planes = List.copyOf(planes);
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
		for (Plane plane : this.planes) {
			bytes += plane.columns();
		}
		return bytes;
	}

}
