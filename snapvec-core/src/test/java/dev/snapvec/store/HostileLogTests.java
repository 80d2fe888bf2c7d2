package dev.snapvec.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.CpuTime;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.TestVectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Logs whose ends look like records wherever they are read.
 */
@Timeout(180)
class HostileLogTests {

	private static final int BYTES = 4 << 20;

	private static final int ROWS = 3;

	/** Of times as long as for zeros; reading each place's content takes hundreds. */
	private static final int MOST = 40;

	private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(50);

	@TempDir
	Path directory;

	private Path log;

	private long sound;

	@BeforeEach
	void write() throws IOException {
		SafeIndex index = StoreFixture.newIndex();
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			store.log(index, LogSync.always());
			for (int row = 0; row < ROWS; row++) {
				index.add("id-" + row, StoreFixture.vector(row));
			}
		}
		try (Stream<Path> files = Files.list(this.directory)) {
			this.log = files.filter((file) -> file.toString().endsWith(".snaplog")).findFirst().orElseThrow();
		}
		this.sound = Files.size(this.log);
	}

	/** At each eighth byte, a record of that many bytes and that number. */
	private static byte[] pattern(int value) {
		byte[] bytes = new byte[BYTES];
		for (int i = 0; i + 8 <= bytes.length; i += 8) {
			ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(i, value);
		}
		return bytes;
	}

	/** An end of the log that begins with what is no record. */
	private void end(byte[]... ends) throws IOException {
		try (FileChannel channel = FileChannel.open(this.log, StandardOpenOption.WRITE)) {
			channel.truncate(this.sound);
		}
		byte[] damaged = new byte[40];
		Arrays.fill(damaged, (byte) -1);
		Files.write(this.log, damaged, StandardOpenOption.APPEND);
		for (byte[] end : ends) {
			Files.write(this.log, end, StandardOpenOption.APPEND);
		}
	}

	private int restored() {
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			return store.restore(LoadOptions.defaults()).orElseThrow().index().size();
		}
	}

	/** Of the processor, as others may be busy. */
	private long time() {
		return CpuTime.of(() -> assertThat(restored()).isEqualTo(ROWS));
	}

	static List<Integer> values() {
		return List.of(5000, 100_000, 160_000);
	}

	@ParameterizedTest
	@MethodSource("values")
	void anEndThatIsFullOfBeginsOfRecordsIsReadInATimeThatGrowsWithItsLength(int value) throws IOException {
		end(new byte[BYTES]);
		time();
		long expected = Math.max(LEAST, time());
		end(pattern(value));
		assertThat(time() / (double) expected).as("times the time for zeros").isLessThan(MOST);
	}

	@Test
	void aRecordAmongThemIsFoundAndTellsThatOthersWereLost() throws IOException {
		ByteBuffer content = MutationRecords.put(List.of("late"), new float[][] { StoreFixture.vector(9) }).next();
		LogRecord.seal(content, ROWS + 5, ROWS + 4);
		end(Arrays.copyOf(pattern(100_000), 80_003), content.array(), new byte[100_000]);
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(this::restored)
			.withMessageContainingAll(this.log.toString(), "was on disk once", "records up to " + (ROWS + 5));
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			assertThat(store.restoreNewestSound(LoadOptions.defaults()).orElseThrow().index().size()).isEqualTo(ROWS);
		}
	}

	@Test
	void aLongRecordAmongThemIsFoundToo() throws IOException {
		float[][] vectors = new float[2000][StoreFixture.DIMENSION];
		List<String> ids = TestVectors.ids("late", vectors.length);
		ByteBuffer content = MutationRecords.put(ids, vectors).next();
		LogRecord.seal(content, ROWS + 5, ROWS + 4);
		end(Arrays.copyOf(pattern(100_000), 80_003), content.array(), new byte[100_000]);
		assertThatExceptionOfType(CorruptIndexException.class).isThrownBy(this::restored)
			.withMessageContaining("was on disk once");
	}

}
