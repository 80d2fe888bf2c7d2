package dev.snapvec.internal.code;

/**
 * Conversion of IEEE 754 binary16 numbers. The JDK has it from version 20 on only.
 */
public final class Float16 {

	/**
	 * Factor that turns a binary16 exponent into one of binary32, once its bits are in
	 * place.
	 */
	public static final float REBIAS = 0x1.0p112f;

	/**
	 * The bits that a binary16 occupies after the shift; between them are copies of its
	 * sign.
	 */
	private static final int SIGN_AND_MAGNITUDE = 0x8fffe000;

	private static final float LARGEST = 65_504f;

	private Float16() {
	}

	/**
	 * @param value a finite number; clamped to the range of binary16
	 * @return the nearest binary16; ties go to the even one
	 */
	public static short of(float value) {
		float magnitude = Math.min(Math.abs(value), LARGEST);
		int bits = Float.floatToRawIntBits(magnitude);
		int half;
		if (magnitude < 0x1.0p-14f) {
			half = (int) Math.rint(magnitude * 0x1.0p24f);
		}
		else {
			int rounded = bits + 0xfff + ((bits >>> 13) & 1);
			half = (rounded >>> 13) - (112 << 10);
		}
		return (short) (((Float.floatToRawIntBits(value) >>> 16) & 0x8000) | half);
	}

	/**
	 * @param half a finite binary16
	 * @return the same number
	 */
	public static float toFloat(short half) {
		return Float.intBitsToFloat((half << 13) & SIGN_AND_MAGNITUDE) * REBIAS;
	}

}
