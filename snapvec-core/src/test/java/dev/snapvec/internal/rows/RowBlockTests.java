package dev.snapvec.internal.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.snapvec.internal.code.Groups;
import dev.snapvec.internal.code.Plane;
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
		RowLayout layout = new RowLayout(List.of(new Plane(columns, Plane.Packing.BYTES)), Set.of(), 0, false);
		RowBlock block = RowBlock.allocate(layout, 300, false);
		EncodedRows batch = new EncodedRows(layout, rows);
		new Random(seed).nextBytes(batch.plane(0));
		block.put(first, batch, 0, rows);
		EncodedRows back = new EncodedRows(layout, rows);
		for (int row = 0; row < rows; row++) {
			block.get(first + row, back, row);
		}
		assertThat(back.plane(0)).isEqualTo(batch.plane(0));
		int others = 0;
		for (byte code : block.codes(0)) {
			others += (code != 0) ? 1 : 0;
		}
		for (byte code : batch.plane(0)) {
			others -= (code != 0) ? 1 : 0;
		}
		assertThat(others).as("bytes of rows that were not put").isZero();
	}

	@Property(tries = 300)
	void smallGroupsHoldTheSameAndPutTogetherAreTheLargeOnes(@ForAll @IntRange(min = 1, max = 40) int columns,
			@ForAll @IntRange(max = 150) int first, @ForAll @IntRange(min = 1, max = 150) int rows, @ForAll long seed) {
		Plane large = new Plane(columns, Plane.Packing.BYTES);
		RowLayout layout = new RowLayout(List.of(large, large.inSmallGroups()), Set.of(), 0, false);
		RowBlock block = RowBlock.allocate(layout, 320, false);
		EncodedRows batch = new EncodedRows(layout, rows);
		new Random(seed).nextBytes(batch.plane(0));
		System.arraycopy(batch.plane(0), 0, batch.plane(1), 0, batch.plane(1).length);
		block.put(first, batch, 0, rows);
		EncodedRows back = new EncodedRows(layout, rows);
		byte[] inLarge = new byte[Groups.GROUP * columns];
		byte[] inSmall = inLarge.clone();
		for (int row = 0; row < rows; row++) {
			block.get(first + row, back, row);
			block.gather(0, first + row, inLarge, row % Groups.GROUP);
			block.gather(1, first + row, inSmall, row % Groups.GROUP);
		}
		assertThat(back.plane(1)).isEqualTo(batch.plane(1));
		assertThat(inSmall).isEqualTo(inLarge);
		int[] groups = { 4, 0, 1, 3, 2 };
		byte[] regrouped = new byte[groups.length * Groups.GROUP * columns];
		Transpose.regroup(layout.planes().get(1), block.codes(1), groups, groups.length, regrouped);
		for (int g = 0; g < groups.length; g++) {
			int length = Groups.GROUP * columns;
			assertThat(Arrays.copyOfRange(regrouped, g * length, (g + 1) * length))
				.isEqualTo(Arrays.copyOfRange(block.codes(0), groups[g] * length, (groups[g] + 1) * length));
		}
	}

	@Property(tries = 300)
	void codesOfHalvesAreTheSameByRowAndByCode(@ForAll @IntRange(min = 1, max = 40) int count,
			@ForAll @IntRange(min = 1, max = 150) int rows, @ForAll long seed) {
		Plane plane = Plane.ofHalves(count);
		RowLayout layout = new RowLayout(List.of(plane), Set.of(), 0, false);
		RowBlock block = RowBlock.allocate(layout, 300, false);
		byte[][] columns = new byte[count][rows];
		Random random = new Random(seed);
		for (int code = 0; code < count; code++) {
			random.nextBytes(columns[code]);
			block.putCode(0, code, 8, columns[code], 0, rows);
		}
		byte[] packed = new byte[plane.columns()];
		byte[] codes = new byte[count];
		byte[] repacked = new byte[plane.columns()];
		for (int row = 0; row < rows; row++) {
			block.code(0, row, packed, 0);
			plane.unpack(packed, 0, count, 8, codes, 0);
			plane.pack(codes, 0, count, 8, repacked, 0);
			assertThat(repacked).isEqualTo(packed);
			for (int code = 0; code < count; code++) {
				assertThat(codes[code]).as("code %d of row %d", code, row).isEqualTo(columns[code][row]);
				assertThat((byte) block.code(0, code, 8, row)).isEqualTo(columns[code][row]);
			}
		}
	}

}
