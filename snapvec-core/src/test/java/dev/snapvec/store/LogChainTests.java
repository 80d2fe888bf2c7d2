package dev.snapvec.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.snapvec.store.StoreFixture.contents;
import static dev.snapvec.store.StoreFixture.contentsIfKilled;
import static dev.snapvec.store.StoreFixture.newIndex;
import static dev.snapvec.store.StoreFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Which logs are applied to a snapshot, and how much of each. Snapshot 1 has no rows;
 * record n of a log adds row n, or a row of the log's own.
 */
class LogChainTests extends StoreInTemporaryDirectory {

	private StoreFiles files;

	@BeforeEach
	void saveAnIndex() {
		this.files = new StoreFiles(this.directory);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.save(newIndex());
		}
	}

	private byte[] record(long number, String id, boolean more) {
		ByteBuffer record = MutationRecords.put(List.of(id), new float[][] { vector(number) }).next();
		if (more) {
			LogRecord.more(record);
		}
		LogRecord.seal(record, number, number - 1);
		return record.array();
	}

	private void log(LogHeader header, String... ids) throws IOException {
		Files.write(this.files.log(header.number()), bytes(header, ids));
	}

	private byte[] bytes(LogHeader header, String... ids) {
		List<byte[]> parts = new ArrayList<>(List.of(header.toBytes()));
		for (int i = 0; i < ids.length; i++) {
			parts.add(record(i + 1, ids[i], false));
		}
		ByteBuffer bytes = ByteBuffer.allocate(parts.stream().mapToInt((part) -> part.length).sum());
		parts.forEach(bytes::put);
		return bytes.array();
	}

	private void append(long number, byte[] bytes) throws IOException {
		Path log = this.files.log(number);
		byte[] before = Files.readAllBytes(log);
		byte[] all = Arrays.copyOf(before, before.length + bytes.length);
		System.arraycopy(bytes, 0, all, before.length, bytes.length);
		Files.write(log, all);
	}

	private void restores(String... ids) throws IOException {
		Map<String, List<String>> restored = ifKilled();
		assertThat(restored).containsOnlyKeys(ids);
		StoreReport report = IndexStore.verify(this.directory);
		assertThat(report.restore().failure()).isNull();
		assertThat(report.restore().rows()).isEqualTo(ids.length);
		// and whoever goes on from there loses nothing
		Path copy = copy();
		StoreFixture.copy(this.directory, copy);
		SafeIndex index = newIndex();
		try (IndexStore store = IndexStore.open(copy, 3)) {
			store.restore(LoadOptions.defaults()).ifPresent((found) -> index.local().restore(found.index()));
			store.log(index, LogSync.always());
			index.add("more", vector(9));
		}
		List<String> and = new ArrayList<>(List.of(ids));
		and.add("more");
		assertThat(contentsIfKilled(copy, copy())).containsOnlyKeys(and.toArray(new String[0]));
	}

	private void isDamaged(String... messages) {
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			assertThatThrownBy(() -> store.restore(LoadOptions.defaults())).isInstanceOf(CorruptIndexException.class)
				.hasMessageContainingAll(messages);
		}
		assertThat(IndexStore.verify(this.directory).restore().failure()).isInstanceOf(CorruptIndexException.class)
			.hasMessageContainingAll(messages);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 0, 1, 2, 3 })
	void aLogWithoutRecordsNeverContradictsTheRecordsOfTheOneBefore(long previousRecords) throws IOException {
		log(new LogHeader(1, 0, 0), "a", "b", "c");
		log(new LogHeader(2, 1, previousRecords));
		restores("a", "b", "c");
	}

	/** It was begun when these were on disk, or it would not be there. */
	@ParameterizedTest
	@ValueSource(longs = { 4, 1000, Long.MAX_VALUE })
	void aLogWithoutRecordsTellsThatTheOneBeforeHadMore(long previousRecords) throws IOException {
		log(new LogHeader(1, 0, 0), "a", "b", "c");
		log(new LogHeader(2, 1, previousRecords));
		isDamaged(this.files.log(1).toString(),
				"truncated: 3 valid records, but mutations-0000000002.snaplog expects " + previousRecords);
		restoresSound("a", "b", "c");
	}

	@Test
	void aLogWithoutRecordsWhosePredecessorIsMissingIsPassedOver() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		log(new LogHeader(7, 6, 0));
		restores("a");
	}

	@Test
	void aLogWithoutRecordsTellsThatItsPredecessorWasDeleted() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		log(new LogHeader(7, 6, 3));
		isDamaged(this.files.log(6).toString(), "0 valid records, but mutations-0000000007.snaplog expects 3");
		restoresSound("a");
	}

	/** Of the log of the snapshot, or of one that follows it. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void aLogWithoutRecordsTellsThatItsPredecessorWasEmptied(int number) throws IOException {
		String[] ids = (number == 2) ? new String[] { "a" } : new String[0];
		log(new LogHeader(1, 0, 0), ids);
		log(new LogHeader(number, number - 1, number - 1));
		restores(ids);
		log(new LogHeader(3, number, 5));
		for (int length : new int[] { LogHeader.BYTES, LogHeader.BYTES - 1, 0 }) {
			byte[] header = Files.readAllBytes(this.files.log(number));
			Files.write(this.files.log(number), Arrays.copyOf(header, length));
			isDamaged(this.files.log(number).toString(), "0 valid records, but mutations-0000000003.snaplog expects 5");
		}
		restoresSound(ids);
	}

	/** What is left when the newest snapshot was set aside, or could not be saved. */
	@Test
	void aLogWithoutRecordsThatContinuesOneBeforeTheSnapshotIsPassedOver() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			store.save(newIndex());
		}
		log(new LogHeader(2, 1, 1));
		log(new LogHeader(3, 1, 5));
		restores();
	}

	private void restoresSound(String... ids) throws IOException {
		assertThat(IndexStore.verify(this.directory).restoreNewestSound().rows()).isEqualTo(ids.length);
		try (IndexStore store = IndexStore.open(this.directory, 3)) {
			assertThat(contents(store.restoreNewestSound(LoadOptions.defaults()).orElseThrow().index()))
				.containsOnlyKeys(ids);
		}
		restores(ids);
	}

	@Test
	void aLogThatWasNeverBegunIsPassedOver() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		byte[] header = new LogHeader(2, 1, 1).toBytes();
		for (int length = 0; length < LogHeader.BYTES; length++) {
			Files.write(this.files.log(2), Arrays.copyOf(header, length));
			restores("a");
			Files.write(this.files.log(2), Arrays.copyOf(Arrays.copyOf(header, length), LogHeader.BYTES));
			restores("a");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 36, 37, 100, 4096, (1 << 20) + 50 })
	void aLogOfZerosWasNeverBegun(int length) throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		Files.write(this.files.log(2), new byte[length]);
		restores("a");
		Files.delete(this.files.log(2));
		Files.write(this.files.log(1), new byte[length]);
		restores();
	}

	@Test
	void aTornHeaderBeforeZerosWasNeverBegun() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		Files.write(this.files.log(2), Arrays.copyOf(Arrays.copyOf(new LogHeader(2, 1, 1).toBytes(), 20), 5000));
		restores("a");
	}

	@Test
	void zerosBehindTheLastRecordWereNeverWritten() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		append(1, new byte[5000]);
		restores("a");
		log(new LogHeader(2, 1, 1), "b");
		append(2, new byte[30]);
		restores("a", "b");
	}

	@Test
	void recordsBehindThoseThatTheNextLogContinuesAreLeftOut() throws IOException {
		log(new LogHeader(1, 0, 0), "a", "b", "stray");
		log(new LogHeader(2, 1, 2), "c", "d", "stray");
		log(new LogHeader(3, 2, 2), "e");
		restores("a", "b", "c", "d", "e");
	}

	@Test
	void damageBehindThoseThatTheNextLogContinuesDoesNotMatter() throws IOException {
		log(new LogHeader(1, 0, 0), "a", "b");
		byte[] damaged = record(3, "stray", false);
		damaged[30] ^= 1;
		append(1, damaged);
		append(1, record(4, "stray", false));
		isDamaged("record 3", "though it was on disk once");
		log(new LogHeader(2, 1, 2), "c");
		restores("a", "b", "c");
	}

	@Test
	void aLogIsContinuedByWayOfLogsWithoutRecords() throws IOException {
		log(new LogHeader(1, 0, 0), "a", "b", "stray");
		log(new LogHeader(2, 1, 2));
		log(new LogHeader(3, 2, 0));
		log(new LogHeader(4, 3, 0), "c");
		restores("a", "b", "c");
	}

	@Test
	void anAttemptToBeginALogThatFailedIsPassedOver() throws IOException {
		log(new LogHeader(1, 0, 0), "a", "b", "c");
		log(new LogHeader(2, 1, 1));
		log(new LogHeader(3, 1, 3), "d");
		restores("a", "b", "c", "d");
	}

	@Test
	void aLogWithFewerRecordsThanTheNextOneContinuesIsDamaged() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		log(new LogHeader(2, 1, 2), "c");
		isDamaged(this.files.log(1).toString(),
				"truncated: 1 valid records, but mutations-0000000002.snaplog expects 2");
	}

	@Test
	void aLogWithRecordsThatContinuesNothingIsDamaged() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		log(new LogHeader(3, 2, 1), "c");
		isDamaged(this.files.log(3).toString(), "continues from mutations-0000000002.snaplog, which is missing");
	}

	@Test
	void aLogThatContinuesAnotherOneInTheMiddleOfAMutationIsDamaged() throws IOException {
		log(new LogHeader(1, 0, 0));
		append(1, record(1, "a", true));
		append(1, record(2, "b", false));
		restores("a", "b");
		log(new LogHeader(2, 1, 1), "c");
		isDamaged("in the middle of a mutation, after record 1");
	}

	@Test
	void aLogUnderAnothersNameIsDamaged() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		log(new LogHeader(2, 1, 1), "b");
		Files.move(this.files.log(2), this.files.log(3));
		isDamaged(this.files.log(3).toString(), "its header says number 2, but its name says number 3");
	}

	@Test
	void aLogThatClaimsToContinueItselfIsDamaged() throws IOException {
		log(new LogHeader(1, 0, 0), "a");
		log(new LogHeader(2, 2, 0));
		log(new LogHeader(3, 2, 0), "b");
		isDamaged(this.files.log(3).toString());
	}

}
