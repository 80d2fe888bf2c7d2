package dev.snapvec.internal.rows;

import dev.snapvec.internal.code.Groups;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows by id in little memory, without further additions: the rows, sorted into
 * buckets by the hashes of their ids, each with a tag of a few more bits of the hash. A
 * lookup compares the tags of about eight rows, and hardly any id but the right one.
 * Immutable.
 * <p>
 * A row takes half a byte for the buckets' starts, plus the bits of a row number, plus
 * {@value #TAG_BITS}: 3¼ bytes with 60,000 rows, 3¾ with a million, never much more than
 * 4.
 */
final class PackedIdTable implements IdLookup {

	private static final int TAG_BITS = 6;

	/** Tags do not enlarge slots beyond this many bits. */
	private static final int SLOT_BITS = 27;

	/** Average number of rows per bucket. */
	private static final int BUCKET_ROWS = 8;

	/** Rows between two pauses: some ten microseconds. */
	private static final int STEP = 1024;

	/** Start of each bucket among the slots, and end of the last one. */
	private final int[] starts;

	/**
	 * One stream of bits with one slot per row: its number in the low bits, then the tag.
	 */
	private final long[] slots;

	private final int rowBits;

	private final int tagBits;

	private PackedIdTable(int rows) {
		this.rowBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, rows - 1));
		this.tagBits = Math.max(0, Math.min(TAG_BITS, SLOT_BITS - this.rowBits));
		this.starts = new int[rows / BUCKET_ROWS + 2];
		// one extra word, so that two can always be read
		this.slots = new long[(int) (((long) rows * slotBits() + Long.SIZE - 1) / Long.SIZE) + 1];
	}

	/**
	 * A table of the first {@code rows} rows.
	 * @param pause is run every few rows, so that other threads can run
	 */
	static PackedIdTable of(RowBlock[] blocks, int rows, Runnable pause) {
		PackedIdTable table = new PackedIdTable(rows);
		int[] starts = table.starts;
		// hashes are kept meanwhile, because hashing takes longer than sorting
		long[] hashes = new long[rows];
		for (int row = 0; row < rows; row++) {
			hashes[row] = hash(blocks, row);
			starts[table.bucket(hashes[row])]++;
			if (row % STEP == 0) {
				pause.run();
			}
		}
		for (int bucket = 1; bucket < starts.length; bucket++) {
			starts[bucket] += starts[bucket - 1];
		}
		// from the ends of the buckets to their starts, so that the rows of a bucket
		// ascend
		for (int row = rows - 1; row >= 0; row--) {
			long hash = hashes[row];
			table.fill(--starts[table.bucket(hash)], table.tag(hash) << table.rowBits | row);
			if (row % STEP == 0) {
				pause.run();
			}
		}
		return table;
	}

	private static RowBlock block(RowBlock[] blocks, int row) {
		return blocks[Groups.block(row)];
	}

	private static long hash(RowBlock[] blocks, int row) {
		return block(blocks, row).ids().hash(Groups.inBlock(row));
	}

	private int bucket(long hash) {
		// 63 bits of it, as the JDK multiplies signed numbers only
		return (int) Math.multiplyHigh(hash >>> 1, (this.starts.length - 1L) << 1);
	}

	/** The low bits of a hash, which do not determine its bucket. */
	private long tag(long hash) {
		return hash & ((1L << this.tagBits) - 1);
	}

	private int slotBits() {
		return this.rowBits + this.tagBits;
	}

	private void fill(int at, long slot) {
		long bit = (long) at * slotBits();
		int word = (int) (bit / Long.SIZE);
		this.slots[word] |= slot << bit;
		// two shifts, because a shift by 64 has no effect
		this.slots[word + 1] |= slot >>> 1 >>> (~bit & (Long.SIZE - 1));
	}

	private long slot(int at) {
		long bit = (long) at * slotBits();
		int word = (int) (bit / Long.SIZE);
		long slot = this.slots[word] >>> bit | this.slots[word + 1] << 1 << (~bit & (Long.SIZE - 1));
		return slot & ((1L << slotBits()) - 1);
	}

	private int row(long slot) {
		return (int) (slot & ((1L << this.rowBits) - 1));
	}

	@Override
	public int find(RowId id, RowBlock[] blocks, int count) {
		int bucket = bucket(id.hash());
		long tag = tag(id.hash());
		for (int at = this.starts[bucket]; at < this.starts[bucket + 1]; at++) {
			long slot = slot(at);
			if (slot >>> this.rowBits == tag) {
				int row = row(slot);
				if (block(blocks, row).ids().holds(Groups.inBlock(row), id)) {
					return row;
				}
			}
		}
		return NONE;
	}

	/** The first row whose id an earlier row has, or null. */
	@Nullable DuplicateId duplicate(RowBlock[] blocks) {
		int first = NONE;
		int second = Integer.MAX_VALUE;
		for (int bucket = 0; bucket < this.starts.length - 1; bucket++) {
			for (int at = this.starts[bucket] + 1; at < this.starts[bucket + 1]; at++) {
				long slot = slot(at);
				int row = row(slot);
				for (int earlier = this.starts[bucket]; earlier < at && row < second; earlier++) {
					long other = slot(earlier);
					if ((other ^ slot) >>> this.rowBits == 0 && sameId(blocks, row(other), row)) {
						first = row(other);
						second = row;
					}
				}
			}
		}
		return (first != NONE) ? new DuplicateId(block(blocks, first).ids().text(Groups.inBlock(first)), first, second)
				: null;
	}

	private static boolean sameId(RowBlock[] blocks, int row, int other) {
		return hash(blocks, row) == hash(blocks, other) && block(blocks, row).ids()
			.holds(Groups.inBlock(row), block(blocks, other).ids().id(Groups.inBlock(other)));
	}

	@Override
	public IdTable withRoomFor(int ids, RowBlock[] blocks) {
		int rows = this.starts[this.starts.length - 1];
		return IdTable.of(blocks, rows, ids);
	}

	@Override
	public long bytes() {
		return this.starts.length * 4L + this.slots.length * 8L;
	}

}
