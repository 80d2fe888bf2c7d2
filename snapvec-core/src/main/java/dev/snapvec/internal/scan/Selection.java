package dev.snapvec.internal.scan;

/**
 * Finds the number at a place of the order without sorting.
 * <p>
 * C. A. R. Hoare, <i>Algorithm 65: Find</i> (1961).
 */
final class Selection {

	private Selection() {
	}

	/**
	 * @param values numbers, none of them NaN; left in another order
	 * @param count how many of them count
	 * @param place 1 for the largest, {@code count} for the least
	 * @return the number that has {@code place - 1} others before it when the largest
	 * come first
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

	/** An integer that is larger the larger a number is. */
	static int ordered(float value) {
		int bits = Float.floatToRawIntBits(value);
		return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
	}

	/** The number of an {@link #ordered} integer. */
	static float unordered(int ordered) {
		return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & Integer.MAX_VALUE));
	}

}
