package dev.snapvec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A file of a current version, read the way the Python package's documentation of its
 * format says, by code that has nothing in common with what is tested.
 */
final class PythonFile {

	final Map<String, Integer> header = new LinkedHashMap<>();

	final List<String> ids = new ArrayList<>();

	final Map<String, String> attributes = new LinkedHashMap<>();

	String magic = "";

	/** Codes of each row. */
	int[][] codes = {};

	/** Codes of the second stage of each row. */
	int[][] residualCodes = {};

	float[] norms = {};

	int[][] signs = {};

	float[] residualNorms = {};

	float[] coarse = {};

	float[] codebooks = {};

	float[] rotation = {};

	long[] offsets = {};

	float[][] vectors = {};

	private final ByteBuffer in;

	private PythonFile(ByteBuffer in) {
		this.in = in;
	}

	static PythonFile parse(byte[] bytes) {
		ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
		int body = bytes.length - 8;
		if (!new String(bytes, body, 4, StandardCharsets.US_ASCII).equals("CRC2")) {
			throw new AssertionError("no trailer");
		}
		CRC32 crc = new CRC32();
		crc.update(bytes, 0, body);
		if (in.getInt(body + 4) != (int) crc.getValue()) {
			throw new AssertionError("checksum");
		}
		in.limit(body);
		PythonFile file = new PythonFile(in);
		file.magic = new String(file.bytes(4), StandardCharsets.US_ASCII);
		switch (file.magic) {
			case "SNPV" -> file.snap();
			case "SNPR" -> file.residual();
			case "SNPQ" -> file.pq();
			case "SNPI" -> file.ivf();
			default -> throw new AssertionError(file.magic);
		}
		file.idsAndRest();
		return file;
	}

	int get(String field) {
		return this.header.get(field);
	}

	boolean flag(int bit) {
		return (get("flags") & bit) != 0;
	}

	private void fields(String... names) {
		for (String name : names) {
			this.header.put(name, this.in.getInt());
		}
	}

	private byte[] bytes(int count) {
		byte[] bytes = new byte[count];
		this.in.get(bytes);
		return bytes;
	}

	private float[] floats(int count) {
		float[] floats = new float[count];
		for (int i = 0; i < count; i++) {
			floats[i] = this.in.getFloat();
		}
		return floats;
	}

	private int[][] byteRows(int rows, int width) {
		int[][] values = new int[rows][width];
		for (int[] row : values) {
			for (int i = 0; i < width; i++) {
				row[i] = this.in.get() & 0xff;
			}
		}
		return values;
	}

	private static int nextPowerOfTwo(int dimension) {
		int power = 1;
		while (power < dimension) {
			power *= 2;
		}
		return power;
	}

	private void snap() {
		fields("version", "dim", "bits", "seed", "n", "flags", "packed_len");
		int n = get("n");
		int padded = nextPowerOfTwo(get("dim"));
		boolean useProd = flag(1);
		int bits = useProd ? get("bits") - 1 : get("bits");
		if (get("packed_len") != (n * padded * bits + 7) / 8) {
			throw new AssertionError("packed_len " + get("packed_len"));
		}
		byte[] packed = bytes(get("packed_len"));
		this.codes = new int[n][padded];
		int at = 0;
		for (int[] row : this.codes) {
			for (int i = 0; i < padded; i++) {
				for (int b = 0; b < bits; b++, at++) {
					row[i] |= ((packed[at / 8] >> (at % 8)) & 1) << b;
				}
			}
		}
		for (; at < packed.length * 8; at++) {
			if (((packed[at / 8] >> (at % 8)) & 1) != 0) {
				throw new AssertionError("padding is not zero");
			}
		}
		this.norms = floats(n);
		if (useProd && n > 0) {
			this.signs = new int[n][padded];
			for (int[] row : this.signs) {
				for (int i = 0; i < padded; i++) {
					row[i] = this.in.get();
				}
			}
			this.residualNorms = floats(n);
		}
	}

	private void residual() {
		fields("version", "dim", "b1", "b2", "seed", "n", "flags", "pdim");
		int n = get("n");
		if (n > 0) {
			this.codes = byteRows(n, get("pdim"));
			this.residualCodes = byteRows(n, get("pdim"));
			this.norms = flag(1) ? this.norms : floats(n);
		}
	}

	private void pq() {
		fields("version", "dim", "M", "K", "d_sub", "seed", "n", "flags", "pdim");
		int n = get("n");
		this.codebooks = floats(get("M") * get("K") * get("d_sub"));
		if (flag(4)) {
			this.rotation = floats(get("pdim") * get("pdim"));
		}
		if (n > 0) {
			this.codes = byteRows(n, get("M"));
			this.norms = flag(1) ? this.norms : floats(n);
		}
	}

	private void ivf() {
		fields("version", "dim", "pdim", "nlist", "M", "K", "d_sub", "seed", "n", "flags");
		int n = get("n");
		this.coarse = floats(get("nlist") * get("pdim"));
		this.codebooks = floats(get("M") * get("K") * get("d_sub"));
		if (flag(8)) {
			this.rotation = floats(get("pdim") * get("pdim"));
		}
		this.offsets = new long[get("nlist") + 1];
		Arrays.setAll(this.offsets, (i) -> this.in.getLong());
		if (n > 0) {
			int[][] bySubspace = byteRows(get("M"), n);
			this.codes = new int[n][get("M")];
			for (int row = 0; row < n; row++) {
				for (int m = 0; m < get("M"); m++) {
					this.codes[row][m] = bySubspace[m][row];
				}
			}
			this.norms = flag(1) ? this.norms : floats(n);
			if (flag(4)) {
				this.vectors = new float[n][get("pdim")];
				for (float[] vector : this.vectors) {
					for (int i = 0; i < vector.length; i++) {
						vector[i] = half(this.in.getShort());
					}
				}
			}
		}
	}

	private static float half(int bits) {
		int exponent = (bits >> 10) & 31;
		int mantissa = bits & 1023;
		double value = (exponent == 0) ? mantissa * Math.pow(2, -24) : (1024 + mantissa) * Math.pow(2, exponent - 25);
		return (float) ((bits & 0x8000) != 0 ? -value : value);
	}

	private void idsAndRest() {
		for (int i = 0; i < get("n"); i++) {
			this.ids.add(text(this.in.getShort() & 0xffff));
		}
		// Python reads no further
		if (this.in.remaining() >= 4 && this.in.getInt(this.in.position()) == 0x4d554e53) {
			this.in.position(this.in.position() + 4 + 8 * (get("n") + 2) + 4);
		}
		if (!this.in.hasRemaining()) {
			return;
		}
		tag();
		int length = this.in.getInt();
		int end = this.in.position() + length;
		while (this.in.position() < end) {
			String name = text(this.in.getShort() & 0xffff);
			this.attributes.put(name, text(this.in.getInt()));
		}
		if (this.in.getInt() != length) {
			throw new AssertionError("length of the attributes");
		}
		tag();
		if (this.in.hasRemaining()) {
			throw new AssertionError(this.in.remaining() + " bytes left over");
		}
	}

	private void tag() {
		if (!text(4).equals("SATT")) {
			throw new AssertionError("tag of the attributes");
		}
	}

	private String text(int length) {
		return new String(bytes(length), StandardCharsets.UTF_8);
	}

}
