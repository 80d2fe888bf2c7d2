package dev.snapvec.internal.numpy;

/**
 * Normally distributed numbers by the ziggurat method with 256 layers, drawn as NumPy
 * draws them: one 64-bit word gives layer, sign and a 52-bit abscissa.
 * <p>
 * Method: G. Marsaglia and W. W. Tsang, <i>The Ziggurat Method for Generating Random
 * Variables</i> (2000). The layer tables are computed, not listed; they agree with
 * NumPy's to a few units in the last place of a double, which rounding to float hides.
 */
final class Ziggurat {

	private static final int LAYERS = 256;

	/** Abscissa where the tail begins. */
	private static final double R = 3.6541528853610088;

	/** Area of each layer. */
	private static final double AREA = 0.004928673233974655;

	private static final double TWO_52 = 0x1.0p52;

	/** Width of a layer in units of 2^-52. */
	private static final double[] WIDTH = new double[LAYERS];

	/** Abscissas below this lie inside the layer under the curve. */
	private static final long[] INSIDE = new long[LAYERS];

	/** Density at the layer's edge. */
	private static final double[] DENSITY = new double[LAYERS];

	static {
		double edge = R;
		WIDTH[LAYERS - 1] = edge / TWO_52;
		DENSITY[LAYERS - 1] = density(edge);
		for (int i = LAYERS - 2; i >= 1; i--) {
			double inner = StrictMath.sqrt(-2 * StrictMath.log(AREA / edge + density(edge)));
			INSIDE[i + 1] = (long) (inner / edge * TWO_52);
			WIDTH[i] = inner / TWO_52;
			DENSITY[i] = density(inner);
			edge = inner;
		}
		INSIDE[1] = 0;
		INSIDE[0] = (long) (R * density(R) / AREA * TWO_52);
		WIDTH[0] = AREA / density(R) / TWO_52;
		DENSITY[0] = 1;
	}

	private Ziggurat() {
	}

	private static double density(double x) {
		return StrictMath.exp(-0.5 * x * x);
	}

	static double next(Pcg64 generator) {
		while (true) {
			long word = generator.nextLong();
			int layer = (int) (word & 0xff);
			boolean negative = (word & 0x100) != 0;
			long abscissa = (word >>> 9) & 0x000fffffffffffffL;
			double x = abscissa * WIDTH[layer];
			if (negative) {
				x = -x;
			}
			if (abscissa < INSIDE[layer]) {
				return x;
			}
			if (layer == 0) {
				return tail(generator, ((abscissa >>> 8) & 1) != 0);
			}
			double height = (DENSITY[layer - 1] - DENSITY[layer]) * generator.nextDouble() + DENSITY[layer];
			if (height < StrictMath.exp(-0.5 * x * x)) {
				return x;
			}
		}
	}

	private static double tail(Pcg64 generator, boolean negative) {
		while (true) {
			double x = -StrictMath.log1p(-generator.nextDouble()) / R;
			double y = -StrictMath.log1p(-generator.nextDouble());
			if (y + y > x * x) {
				return negative ? -(R + x) : R + x;
			}
		}
	}

}
