package dev.snapvec.internal.code;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every number of 16 bits, by its definition.
 */
class Float16Tests {

	private static final int LARGEST = 0x7bff;

	/** Sign, exponent and mantissa, as IEEE 754 has them. */
	private static double value(int half) {
		int exponent = (half >> 10) & 31;
		int mantissa = half & 1023;
		double magnitude = (exponent == 0) ? Math.scalb(mantissa, -24) : Math.scalb(1024 + mantissa, exponent - 25);
		return ((half & 0x8000) != 0) ? -magnitude : magnitude;
	}

	private static boolean isFinite(int half) {
		return (half & 0x7c00) != 0x7c00;
	}

	@Test
	void everyFiniteNumberComesBack() {
		for (int half = 0; half < 1 << 16; half++) {
			if (isFinite(half)) {
				float value = Float16.toFloat((short) half);
				assertThat((double) value).isEqualTo(value(half));
				assertThat(Float16.of(value)).isEqualTo((short) half);
			}
		}
	}

	@Test
	void whatLiesBetweenIsRoundedToTheNearestOrTheEvenOne() {
		for (int half = 0; half < LARGEST; half++) {
			double low = value(half);
			double high = value(half + 1);
			float middle = (float) ((low + high) / 2);
			int even = (half % 2 == 0) ? half : half + 1;
			assertThat(Float16.of(middle)).as("%s", middle).isEqualTo((short) even);
			assertThat(Float16.of(Math.nextDown(middle))).isEqualTo((short) half);
			assertThat(Float16.of(Math.nextUp(middle))).isEqualTo((short) (half + 1));
			assertThat(Float16.of(-Math.nextUp(middle))).isEqualTo((short) (half + 1 | 0x8000));
		}
	}

	@Test
	void whatIsTooLargeIsTheLargest() {
		for (float value : new float[] { 65_504, 65_519, 65_520, 1e6f, Float.MAX_VALUE }) {
			assertThat(Float16.of(value)).isEqualTo((short) LARGEST);
			assertThat(Float16.of(-value)).isEqualTo((short) (LARGEST | 0x8000));
		}
	}

}
