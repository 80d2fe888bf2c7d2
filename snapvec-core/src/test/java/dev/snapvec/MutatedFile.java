package dev.snapvec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Changes files where it matters, and makes their checksums right again.
 */
final class MutatedFile {

	private static final int TRAILER = 8;

	private static final int[] NUMBERS = { 0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 64, 255, 256, 257, 1 << 15, 65_535,
			65_536, 65_537, 1 << 24, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE, -1 };

	private static final float[] FLOATS = { 0, -0f, 1, -1, 2, 1e-45f, 1e-30f, 1e-10f, 1e10f, 1e15f, -1e15f, 1.1e15f,
			1e30f, -1e30f, 3e38f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.NaN, Float.POSITIVE_INFINITY,
			Float.NEGATIVE_INFINITY, 1e19f, 2e19f, 1.5e-23f };

	private static final int[] HALFS = { 0, 0x8000, 1, 0x3c00, 0xbc00, 0x3c03, 0x3c04, 0x7bff, 0xfbff, 0x7c00, 0xfc00,
			0x7e00, 0x7fff, 0xffff, 0x4000 };

	private static final List<String> NAMES = List.of("snapvec.similarity", "snapvec.corrected-scores",
			"snapvec.nprobe", "snapvec.rerank", "snapvec.other", "model", "", "a");

	private static final List<String> VALUES = List.of("dot-product", "cosine", "false", "true", "0", "1", "2", "5",
			"100", "-1", "2147483647", "2147483648", "+1", "01", "\u0661", "x", "", "false ", "SATT");

	private final Random random;

	private final List<byte[]> files;

	private byte[] bytes;

	private boolean otherAttributes;

	/** How much of the file comes after the ids. */
	private int end;

	MutatedFile(Random random, List<byte[]> files) {
		this.random = random;
		this.files = files;
		this.bytes = files.get(random.nextInt(files.size())).clone();
	}

	/** A mutated file. */
	byte[] next() {
		boolean trailer = new String(this.bytes, this.bytes.length - TRAILER, 4, StandardCharsets.ISO_8859_1)
			.equals("CRC2");
		List<FileLayout.Part> parts = FileLayout.of(this.bytes);
		this.end = parts.stream()
			.filter((part) -> part.kind() == FileLayout.Kind.ATTRIBUTES || part.kind() == FileLayout.Kind.TRAILER)
			.mapToInt(FileLayout.Part::length)
			.sum();
		int changes = Math.max(1, this.random.nextInt(5) - 1);
		for (int i = 0; i < changes; i++) {
			change(any(parts));
		}
		// these move what follows, so last
		if (this.random.nextInt(5) == 0) {
			reshape(any(parts));
		}
		if (this.otherAttributes) {
			attributes();
		}
		if (trailer && this.random.nextInt(50) > 0) {
			seal();
		}
		return this.bytes;
	}

	/** A part of any kind: of ids there are many, and headers are soon refused. */
	private FileLayout.Part any(List<FileLayout.Part> parts) {
		FileLayout.Kind[] kinds = FileLayout.Kind.values();
		while (true) {
			FileLayout.Kind kind = kinds[this.random.nextInt(kinds.length)];
			List<FileLayout.Part> some = parts.stream().filter((part) -> part.kind() == kind).toList();
			if (!some.isEmpty()) {
				return some.get(this.random.nextInt(some.size()));
			}
		}
	}

	private void change(FileLayout.Part part) {
		switch (part.kind()) {
			case NUMBER -> put32(part.from(), number(get32(part.from())));
			case FLOATS -> change(part, 4);
			case HALFS -> change(part, 2);
			case OFFSETS, NUMBERS -> change(part, 8);
			case ID_LENGTH -> put16(part.from(), get16(part.from()) + this.random.nextInt(21) - 10);
			case SIGNS ->
				this.bytes[part.from() + this.random.nextInt(part.length())] *= (byte) (this.random.nextInt(8) - 1);
			case ATTRIBUTES, ID, CODES, TAG -> {
				int at = part.from() + this.random.nextInt(part.length());
				this.bytes[at] = this.random.nextBoolean() ? (byte) this.random.nextInt()
						: (byte) (this.bytes[at] ^ (1 << this.random.nextInt(8)));
			}
			case TRAILER -> this.otherAttributes = true;
		}
	}

	/** Changes one of the numbers of a part, or all, or their order. */
	private void change(FileLayout.Part part, int size) {
		int count = part.length() / size;
		int first = this.random.nextInt(count);
		int last = (this.random.nextInt(4) == 0) ? count - 1 : first;
		int choice = this.random.nextInt(1 << 20);
		for (int i = first; i <= last; i++) {
			int at = part.from() + i * size;
			if (choice % 5 == 0) {
				this.bytes[at + this.random.nextInt(size)] ^= (byte) (1 << this.random.nextInt(8));
			}
			else if (size == 2) {
				put16(at, HALFS[choice % HALFS.length]);
			}
			else if (size == 4) {
				put32(at, Float.floatToRawIntBits(FLOATS[choice % FLOATS.length]));
			}
			else {
				put32(at, number(get32(at)));
				put32(at + 4, (choice % 7 == 0) ? number(0) : get32(at + 4));
			}
		}
	}

	private int number(int old) {
		return switch (this.random.nextInt(4)) {
			case 0 -> old + this.random.nextInt(9) - 4;
			case 1 -> old ^ (1 << this.random.nextInt(32));
			case 2 -> (int) (old * (0.5 + this.random.nextInt(4)));
			default -> NUMBERS[this.random.nextInt(NUMBERS.length)];
		};
	}

	private void reshape(FileLayout.Part part) {
		int at = part.from() + this.random.nextInt(part.length() + 1);
		int length = 1 + this.random.nextInt(this.random.nextBoolean() ? 8 : 1 + part.length());
		switch (this.random.nextInt(8)) {
			case 0 -> splice(at, Math.min(this.bytes.length, at + length), new byte[0]);
			case 1 -> splice(at, at, randomBytes(length));
			case 2 -> splice(part.from(), part.to(), new byte[0]);
			case 3 -> splice(part.to(), part.to(), Arrays.copyOfRange(this.bytes, part.from(), part.to()));
			case 4 -> Arrays.fill(this.bytes, part.from(), part.to(), (byte) this.random.nextInt(2));
			case 5 -> {
				byte[] other = this.files.get(this.random.nextInt(this.files.size()));
				int from = this.random.nextInt(other.length);
				splice(at, Math.min(this.bytes.length, at + length),
						Arrays.copyOfRange(other, from, Math.min(other.length, from + length)));
			}
			default -> this.otherAttributes = true;
		}
	}

	/** Puts other attributes between the ids and the checksum. */
	private void attributes() {
		int from = Math.max(0, this.bytes.length - this.end);
		int to = Math.max(from, this.bytes.length - TRAILER);
		ByteArrayOutputStream entries = new ByteArrayOutputStream();
		for (int i = this.random.nextInt(4); i > 0; i--) {
			byte[] name = NAMES.get(this.random.nextInt(NAMES.size())).getBytes(StandardCharsets.UTF_8);
			byte[] value = (this.random.nextInt(10) == 0) ? randomBytes(3)
					: VALUES.get(this.random.nextInt(VALUES.size())).getBytes(StandardCharsets.UTF_8);
			entries.writeBytes(new byte[] { (byte) name.length, 0 });
			entries.writeBytes(name);
			entries.writeBytes(new byte[] { (byte) value.length, 0, 0, 0 });
			entries.writeBytes(value);
		}
		ByteBuffer block = ByteBuffer.allocate(entries.size() + 16).order(ByteOrder.LITTLE_ENDIAN);
		block.put("SATT".getBytes(StandardCharsets.US_ASCII)).putInt(entries.size()).put(entries.toByteArray());
		block.putInt(entries.size()).put("SATT".getBytes(StandardCharsets.US_ASCII));
		splice(from, to, block.array());
	}

	private byte[] randomBytes(int length) {
		byte[] random = new byte[length];
		this.random.nextBytes(random);
		return random;
	}

	private void splice(int from, int to, byte[] inserted) {
		byte[] spliced = new byte[from + inserted.length + this.bytes.length - to];
		System.arraycopy(this.bytes, 0, spliced, 0, from);
		System.arraycopy(inserted, 0, spliced, from, inserted.length);
		System.arraycopy(this.bytes, to, spliced, from + inserted.length, this.bytes.length - to);
		this.bytes = spliced;
	}

	private ByteBuffer buffer() {
		return ByteBuffer.wrap(this.bytes).order(ByteOrder.LITTLE_ENDIAN);
	}

	private int get32(int at) {
		return buffer().getInt(at);
	}

	private void put32(int at, int value) {
		buffer().putInt(at, value);
	}

	private int get16(int at) {
		return buffer().getShort(at) & 0xffff;
	}

	private void put16(int at, int value) {
		buffer().putShort(at, (short) value);
	}

	private void seal() {
		int body = this.bytes.length - TRAILER;
		if (body < TRAILER) {
			return;
		}
		this.bytes[body] = 'C';
		this.bytes[body + 1] = 'R';
		this.bytes[body + 2] = 'C';
		this.bytes[body + 3] = '2';
		CRC32 crc = new CRC32();
		crc.update(this.bytes, 0, body);
		put32(body + 4, (int) crc.getValue());
	}

}
