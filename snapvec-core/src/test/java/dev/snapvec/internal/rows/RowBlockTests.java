package dev.snapvec.internal.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.snapvec.internal.code.CodeSlices;
import dev.snapvec.internal.code.GroupReader;
import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.JoinedGroups;
import dev.snapvec.internal.code.Transpose;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Codes put into groups, and taken out one row at a time.
 */
class RowBlockTests {

	@Property(tries = 300)
	void codesComeBackRowByRow(@ForAll @IntRange(min = 1, max = 40) int columns, @ForAll @IntRange(max = 150) int first,
			@ForAll @IntRange(min = 1, max = 150) int rows, @ForAll long seed) {
		RowLayout layout = new RowLayout(List.of(CodeSlices.of(columns, 8)), Set.of(), 0, false);
		RowBlock block = RowBlock.allocate(layout, 300, false, false);
		EncodedRows batch = new EncodedRows(layout, rows);
		new Random(seed).nextBytes(batch.codes(0));
		block.put(first, batch, 0, rows);
		EncodedRows back = new EncodedRows(layout, rows);
		for (int row = 0; row < rows; row++) {
			block.get(first + row, back, row);
		}
		assertThat(back.codes(0)).isEqualTo(batch.codes(0));
		int others = 0;
		for (byte code : block.slices()[0]) {
			others += (code != 0) ? 1 : 0;
		}
		for (byte code : batch.codes(0)) {
			others -= (code != 0) ? 1 : 0;
		}
		assertThat(others).as("bytes of rows that were not put").isZero();
	}

	@Property(tries = 300)
	void smallGroupsHoldTheSameAndPutTogetherAreTheLargeOnes(@ForAll @IntRange(min = 1, max = 40) int columns,
			@ForAll @IntRange(max = 150) int first, @ForAll @IntRange(min = 1, max = 150) int rows, @ForAll long seed) {
		CodeSlices large = CodeSlices.of(columns, 8);
		RowLayout layout = new RowLayout(List.of(large, large.inSmallGroups()), Set.of(), 0, false);
		RowBlock block = RowBlock.allocate(layout, 320, false, false);
		EncodedRows batch = new EncodedRows(layout, rows);
		new Random(seed).nextBytes(batch.codes(0));
		System.arraycopy(batch.codes(0), 0, batch.codes(1), 0, batch.codes(1).length);
		block.put(first, batch, 0, rows);
		EncodedRows back = new EncodedRows(layout, rows);
		byte[] inLarge = new byte[Groups.GROUP * columns];
		byte[] inSmall = inLarge.clone();
		for (int row = 0; row < rows; row++) {
			block.get(first + row, back, row);
			gather(layout, block, 0, first + row, inLarge, row % Groups.GROUP);
			gather(layout, block, 1, first + row, inSmall, row % Groups.GROUP);
		}
		assertThat(back.codes(1)).isEqualTo(batch.codes(1));
		assertThat(inSmall).isEqualTo(inLarge);
		int[] groups = { 4, 0, 1, 3, 2 };
		byte[] regrouped = new JoinedGroups().of(layout.codes().get(1), block.slices(), 1, groups, groups.length);
		for (int g = 0; g < groups.length; g++) {
			int length = Groups.GROUP * columns;
			assertThat(Arrays.copyOfRange(regrouped, g * length, (g + 1) * length))
				.isEqualTo(Arrays.copyOfRange(block.slices()[0], groups[g] * length, (groups[g] + 1) * length));
		}
	}

	private static void gather(RowLayout layout, RowBlock block, int slice, int row, byte[] group, int place) {
		Transpose.row(layout.slices().get(slice), block.slices()[slice], row, group, place, Groups.GROUP);
	}

	/**
	 * Two slices as product codes have them, three as those of signs have them, odd ones.
	 */
	private static CodeSlices cut(int count, int which) {
		return List
			.of(CodeSlices.of(count, 8), CodeSlices.cut(count, 4, 4), CodeSlices.cut(count, 1, 3, 4),
					CodeSlices.cut(count, 1, 2), CodeSlices.cut(count, 1, 1).inSmallGroups(),
					CodeSlices.cut(count, 1, 3), CodeSlices.cut(count, 3, 3, 2))
			.get(which);
	}

	@Property(tries = 300)
	void slicesHoldTheSameByRowByCodeAndJoined(@ForAll @IntRange(min = 1, max = 40) int count,
			@ForAll @IntRange(min = 1, max = 150) int rows, @ForAll @IntRange(max = 6) int which, @ForAll long seed) {
		CodeSlices slices = cut(count, which);
		RowLayout layout = new RowLayout(List.of(CodeSlices.of(3, 8), slices), Set.of(), 0, false);
		RowBlock block = RowBlock.allocate(layout, 300, false, false);
		byte[][] columns = new byte[count][rows];
		Random random = new Random(seed);
		for (int code = 0; code < count; code++) {
			for (int row = 0; row < rows; row++) {
				columns[code][row] = (byte) random.nextInt(1 << slices.bits());
			}
			block.putCode(1, code, columns[code], 0, rows);
		}
		byte[] packed = new byte[slices.columns()];
		byte[] codes = new byte[count];
		byte[] repacked = new byte[slices.columns()];
		RowBlock copy = RowBlock.allocate(layout, 300, false, false);
		for (int row = 0; row < rows; row++) {
			block.codes(1, row, packed, 0);
			copy.putCodes(1, row, packed, 0, 1);
			slices.unpack(packed, 0, codes, 0);
			slices.pack(codes, 0, repacked, 0);
			assertThat(repacked).isEqualTo(packed);
			for (int code = 0; code < count; code++) {
				assertThat(codes[code]).as("code %d of row %d", code, row).isEqualTo(columns[code][row]);
				assertThat(code(block, code, row)).isEqualTo(columns[code][row]);
				assertThat(code(copy, code, row)).isEqualTo(columns[code][row]);
			}
		}
		GroupReader reader = new GroupReader(slices, 1);
		byte[] values = new byte[Groups.GROUP];
		for (int row = 0; row < rows; row += Groups.GROUP) {
			reader.read(block.slices(), row / Groups.GROUP);
			for (int code = 0; code < count; code++) {
				reader.codes(code, values);
				int there = Math.min(Groups.GROUP, rows - row);
				assertThat(Arrays.copyOf(values, there)).as("code %d of the group of row %d", code, row)
					.isEqualTo(Arrays.copyOfRange(columns[code], row, row + there));
			}
		}
	}

	private static byte code(RowBlock block, int code, int row) {
		byte[] values = { -1, -1, -1 };
		block.copyCode(1, code, new int[] { -1, row }, 1, 1, values, 1);
		assertThat(values[0]).isEqualTo((byte) -1);
		assertThat(values[2]).isEqualTo((byte) -1);
		return values[1];
	}

}
