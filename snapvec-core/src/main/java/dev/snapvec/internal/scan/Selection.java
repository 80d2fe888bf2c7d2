package dev.snapvec.internal.scan;

/**
 * Finds the n-th largest number without sorting.
 * <p>
 * C. A. R. Hoare, <i>Algorithm 65: Find</i> (1961).
 */
final class Selection {

	private Selection() {
	}

	/**
	 * @param values numbers other than NaN; they are reordered
	 * @param count how many of them to consider
	 * @param place n: 1 for the largest, {@code count} for the smallest
	 * @return the n-th largest number
	 */
	static float largest(float[] values, int count, int place) {
		int target = place - 1;
		int from = 0;
		int to = count - 1;
		while (from < to) {
			float pivot = median(values[from], values[(from + to) >>> 1], values[to]);
			int i = from;
			int j = to;
			while (i <= j) {
				while (values[i] > pivot) {
					i++;
				}
				while (values[j] < pivot) {
					j--;
				}
				if (i <= j) {
					float value = values[i];
					values[i++] = values[j];
					values[j--] = value;
				}
			}
			if (target <= j) {
				to = j;
			}
			else if (target >= i) {
				from = i;
			}
			else {
				return values[target];
			}
		}
		return values[target];
	}

	private static float median(float a, float b, float c) {
		return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
	}

	/** Maps floats to ints of the same order. */
	static int ordered(float value) {
		int bits = Float.floatToRawIntBits(value);
		return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
	}

	/** The inverse of {@link #ordered}. */
	static float unordered(int ordered) {
		return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & Integer.MAX_VALUE));
	}

}
