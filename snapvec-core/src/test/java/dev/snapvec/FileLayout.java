package dev.snapvec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a sound index file are, told from its bytes by code that has nothing
 * in common with what is tested.
 */
final class FileLayout {

	/** What a part holds. */
	enum Kind {

		NUMBER, CODES, FLOATS, HALFS, SIGNS, OFFSETS, ID_LENGTH, ID, TAG, NUMBERS, ATTRIBUTES, TRAILER

	}

	/**
	 * A part of a file.
	 *
	 * @param kind what it holds
	 * @param from where it begins
	 * @param to where it ends
	 */
	record Part(Kind kind, int from, int to) {

		int length() {
			return this.to - this.from;
		}

	}

	private final ByteBuffer in;

	private final List<Part> parts = new ArrayList<>();

	private FileLayout(byte[] bytes) {
		this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

	/** The parts of a file, all but the empty ones. */
	static List<Part> of(byte[] bytes) {
		FileLayout layout = new FileLayout(bytes);
		layout.in.position(4);
		int version = layout.number();
		int rows = switch (new String(bytes, 0, 4, StandardCharsets.US_ASCII)) {
			case "SNPV" -> layout.snap(version);
			case "SNPR" -> layout.residual();
			case "SNPQ" -> layout.pq();
			default -> layout.ivfPq(version);
		};
		layout.idsAndRest(rows);
		return layout.parts;
	}

	private int number() {
		add(Kind.NUMBER, 4);
		return this.in.getInt(this.in.position() - 4);
	}

	private void add(Kind kind, long length) {
		int from = this.in.position();
		if (length > 0) {
			this.parts.add(new Part(kind, from, from + (int) length));
		}
		this.in.position(from + (int) length);
	}

	private static int padded(int dimension) {
		int padded = 1;
		while (padded < dimension) {
			padded *= 2;
		}
		return padded;
	}

	private int snap(int version) {
		int padded = padded(number());
		number();
		number();
		int rows = number();
		boolean useProd = version > 1 && (number() & 1) != 0;
		add(Kind.CODES, number());
		add(Kind.FLOATS, rows * 4L);
		if (useProd) {
			add(Kind.SIGNS, (long) rows * padded);
			add(Kind.FLOATS, rows * 4L);
		}
		return rows;
	}

	private int residual() {
		number();
		number();
		number();
		number();
		int rows = number();
		boolean normalized = number() != 0;
		int padded = number();
		add(Kind.CODES, 2L * rows * padded);
		add(Kind.FLOATS, normalized ? 0 : rows * 4L);
		return rows;
	}

	private int pq() {
		number();
		int subspaces = number();
		int centroids = number();
		int width = number();
		number();
		int rows = number();
		int flags = number();
		int length = number();
		add(Kind.FLOATS, 4L * subspaces * centroids * width);
		add(Kind.FLOATS, (flags & 4) != 0 ? 4L * length * length : 0);
		add(Kind.CODES, (long) rows * subspaces);
		add(Kind.FLOATS, (flags & 1) != 0 ? 0 : rows * 4L);
		return rows;
	}

	private int ivfPq(int version) {
		number();
		int length = number();
		int lists = number();
		int subspaces = number();
		int centroids = number();
		int width = number();
		number();
		int rows = number();
		int flags = number();
		add(Kind.FLOATS, 4L * lists * length);
		add(Kind.FLOATS, 4L * subspaces * centroids * width);
		add(Kind.FLOATS, (flags & 8) != 0 ? 4L * length * length : 0);
		add(Kind.OFFSETS, 8L * (lists + 1));
		add(Kind.CODES, (long) rows * subspaces);
		add(Kind.FLOATS, (flags & 1) != 0 ? 0 : rows * 4L);
		if ((flags & 4) != 0) {
			add((version > 3) ? Kind.HALFS : Kind.FLOATS, (long) rows * length * ((version > 3) ? 2 : 4));
		}
		return rows;
	}

	private void idsAndRest(int rows) {
		for (int row = 0; row < rows; row++) {
			int length = this.in.getShort(this.in.position()) & 0xffff;
			add(Kind.ID_LENGTH, 2);
			add(Kind.ID, length);
		}
		if (this.in.remaining() >= 4 && this.in.getInt(this.in.position()) == 0x4d554e53) {
			add(Kind.TAG, 4);
			add(Kind.NUMBERS, 8L * (rows + 2));
			add(Kind.TAG, 4);
		}
		int trailer = (this.in.remaining() >= 8 && this.in.getInt(this.in.limit() - 8) == 0x32435243) ? 8 : 0;
		add(Kind.ATTRIBUTES, this.in.remaining() - trailer);
		add(Kind.TRAILER, trailer);
	}

}
