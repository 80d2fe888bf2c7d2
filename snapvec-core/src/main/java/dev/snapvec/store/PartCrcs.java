package dev.snapvec.store;

import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * CRC-32C of any part of a file, in time independent of the length of the part: it is
 * computed from the CRCs of the bytes before its start and before its end, which are kept
 * at regular intervals. Not thread-safe.
 */
final class PartCrcs {

	/** Bytes between two positions whose CRC is kept. */
	private static final int STEP = 1 << 10;

	/**
	 * The polynomial of CRC-32C; like all polynomials here, with the lowest power in the
	 * highest bit.
	 */
	private static final int POLYNOMIAL = 0x82f63b78;

	private static final int ONE = 1 << 31;

	private static final int TABLE_BITS = 11;

	private static final int TABLES = 4;

	/**
	 * Powers of x by which runs of zero bytes multiply, by the digits of their number.
	 */
	private static final int[][] POWERS = powers();

	private final Bytes bytes;

	private final long start;

	/** CRC of the bytes from the start up to each kept position. */
	private final int[] crcs;

	private final CRC32C crc = new CRC32C();

	/** Reads bytes of the file. */
	@FunctionalInterface
	interface Bytes {

		/**
		 * @param at the position of the first
		 * @param count the number of bytes
		 * @return the bytes
		 */
		byte[] read(long at, int count) throws IOException;

	}

	/**
	 * Reads a file once.
	 * @param bytes its bytes
	 * @param start where the first part can begin
	 * @param end where the last part can end
	 */
	PartCrcs(Bytes bytes, long start, long end) throws IOException {
		this.bytes = bytes;
		this.start = start;
		this.crcs = new int[(int) ((end - start) / STEP) + 1];
		for (int step = 1; step < this.crcs.length; step++) {
			this.crc.update(bytes.read(start + (step - 1L) * STEP, STEP));
			this.crcs[step] = (int) this.crc.getValue();
		}
	}

	private static int[][] powers() {
		int[][] powers = new int[TABLES][1 << TABLE_BITS];
		int unit = ONE >>> Byte.SIZE;
		for (int[] table : powers) {
			table[0] = ONE;
			for (int i = 1; i < table.length; i++) {
				table[i] = product(table[i - 1], unit);
			}
			unit = product(table[table.length - 1], unit);
		}
		return powers;
	}

	/** The product of two polynomials, modulo the polynomial of the CRC. */
	private static int product(int a, int b) {
		int product = 0;
		int shifted = b;
		for (int rest = a; rest != 0; rest <<= 1) {
			product ^= shifted & (rest >> 31);
			shifted = (shifted >>> 1) ^ (POLYNOMIAL & -(shifted & 1));
		}
		return product;
	}

	/** What the CRC of bytes contributes to the CRC of those bytes followed by others. */
	private static int followed(int crc, long by) {
		int product = crc;
		long digits = by;
		for (int table = 0; digits != 0; table++) {
			int digit = (int) digits & ((1 << TABLE_BITS) - 1);
			product = (digit != 0) ? product(POWERS[table][digit], product) : product;
			digits >>>= TABLE_BITS;
		}
		return product;
	}

	/**
	 * @param from start of the part
	 * @param to end of the part
	 * @return its CRC
	 */
	int of(long from, long to) throws IOException {
		return before(to) ^ followed(before(from), to - from);
	}

	private int before(long at) throws IOException {
		int step = (int) ((at - this.start) / STEP);
		int more = (int) ((at - this.start) % STEP);
		if (more == 0) {
			return this.crcs[step];
		}
		this.crc.reset();
		this.crc.update(this.bytes.read(at - more, more));
		return (int) this.crc.getValue() ^ followed(this.crcs[step], more);
	}

}
