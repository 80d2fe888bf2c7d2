package dev.snapvec.store;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.StoreLockedException;
import dev.snapvec.internal.file.FaultyDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whatever is done to a directory that a writer has, there are never two: the one that
 * lost it writes nothing more, and what either acknowledged is there.
 */
@Timeout(120)
class TwoWritersTests {

	private static final String LOCKED = StoreLockedException.class.getName();

	@TempDir
	Path temporary;

	private Path directory;

	private SecondWriter other;

	@BeforeEach
	void startOther() throws IOException {
		this.directory = this.temporary.toRealPath().resolve("store");
		this.other = new SecondWriter();
	}

	@AfterEach
	void endOther() {
		this.other.close();
	}

	private Path lock() {
		return this.directory.resolve(".lock");
	}

	/** What makes an owner lose its lock without a word. */
	enum Loss {

		/** Gives a lock up on Linux, Mac and all that follow POSIX. */
		CLOSED {
			@Override
			void inflict(Path lock) throws IOException {
				try (InputStream any = new FileInputStream(lock.toFile())) {
					any.read();
				}
			}
		},

		DELETED {
			@Override
			void inflict(Path lock) throws IOException {
				Files.delete(lock);
			}
		},

		REPLACED {
			@Override
			void inflict(Path lock) throws IOException {
				Path copy = Files.copy(lock, lock.resolveSibling("copy"));
				Files.move(copy, lock, StandardCopyOption.REPLACE_EXISTING);
			}
		},

		EMPTIED {
			@Override
			void inflict(Path lock) throws IOException {
				Files.write(lock, new byte[0]);
			}
		},

		/** As {@code echo > .lock} does. */
		BLANK {
			@Override
			void inflict(Path lock) throws IOException {
				Files.writeString(lock, "\n\n");
			}
		};

		abstract void inflict(Path lock) throws IOException;

	}

	@ParameterizedTest
	@EnumSource(Loss.class)
	void theWriterThatLostItsLockWritesNothingMoreAndNothingAcknowledgedIsLost(Loss loss) throws IOException {
		SecondWriter.Writer first = new SecondWriter.Writer();
		assertThat(first.run("open", this.directory.toString())).isEqualTo("done");
		assertThat(first.run("add", "first")).isEqualTo("done");
		assertThat(this.other.tell("open", this.directory)).contains(LOCKED);
		loss.inflict(lock());
		assertThat(this.other.tell("open", this.directory)).isEqualTo("done");
		assertThat(this.other.tell("add", "second")).isEqualTo("done");
		for (int attempt = 0; attempt < 2; attempt++) {
			assertThat(first.run("add", "third")).contains(LOCKED, "process " + this.other.pid(), "taken over");
			assertThat(first.run("save", "")).contains(LOCKED, "process " + this.other.pid());
		}
		assertThat(this.other.tell("add", "fourth")).isEqualTo("done");
		assertThat(this.other.tell("save", "")).isEqualTo("done");
		assertThat(this.other.tell("close", "")).isEqualTo("done");
		assertThat(first.run("add", "third")).as("though the other one has closed it").contains(LOCKED);
		assertThat(first.run("save", "")).contains(LOCKED);
		assertThat(first.run("close", "")).as("and gives up what it holds all the same").contains(LOCKED);
		assertThat(restored()).containsExactly("first", "fourth", "second");
	}

	private Set<String> restored() {
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			Set<String> ids = new TreeSet<>();
			store.restore(LoadOptions.defaults())
				.ifPresent((restored) -> ids.addAll(StoreFixture.contents(restored.index()).keySet()));
			return ids;
		}
	}

	@Test
	void filesOfAnotherWriterWhoseLockFileIsGoneTooAreNotWrittenOver() throws IOException {
		SecondWriter.Writer first = new SecondWriter.Writer();
		first.run("open", this.directory.toString());
		assertThat(first.run("add", "first")).isEqualTo("done");
		assertThat(first.run("save", "")).isEqualTo("done");
		Loss.DELETED.inflict(lock());
		assertThat(this.other.tell("open", this.directory)).isEqualTo("done");
		assertThat(this.other.tell("add", "second")).isEqualTo("done");
		assertThat(this.other.tell("save", "")).isEqualTo("done");
		assertThat(this.other.tell("close", "")).isEqualTo("done");
		Loss.DELETED.inflict(lock());
		for (int attempt = 0; attempt < 2; attempt++) {
			assertThat(first.run("save", "")).contains(LOCKED, "taken over", "its lock file is missing");
			assertThat(first.run("add", "third")).contains(LOCKED);
		}
		first.run("close", "");
		assertThat(restored()).containsExactly("first", "second");
	}

	@ParameterizedTest
	@EnumSource(value = Loss.class, names = "CLOSED", mode = EnumSource.Mode.EXCLUDE)
	void whereNobodyElseCameTheLockIsTakenAgainBySaving(Loss loss) throws IOException {
		SecondWriter.Writer first = new SecondWriter.Writer();
		first.run("open", this.directory.toString());
		assertThat(first.run("add", "a")).isEqualTo("done");
		loss.inflict(lock());
		assertThat(first.run("add", "b")).contains(IndexIoException.class.getName(), "cannot apply the mutation",
				"the lock file " + lock(), "save a snapshot");
		assertThat(first.run("save", "")).isEqualTo("done");
		assertThat(first.run("add", "b")).isEqualTo("done");
		assertThat(this.other.tell("open", this.directory)).contains(LOCKED);
		first.run("close", "");
		assertThat(restored()).containsExactly("a", "b");
	}

	/** Whoever comes between asking and the renaming restores what was before. */
	@ParameterizedTest
	@ValueSource(strings = { "snapshot-0000000002.snapvec", "mutations-0000000001.snaplog" })
	void aFileIsNotPutInPlaceOnceTheNextWriterCame(String name) throws IOException {
		SafeIndex index = StoreFixture.newIndex();
		try (FaultyDisk disk = FaultyDisk.failing(Long.MAX_VALUE, false);
				IndexStore store = IndexStore.open(this.directory, 2)) {
			store.save(index);
			disk.before("rename to " + name, () -> {
				try {
					Loss.CLOSED.inflict(lock());
					assertThat(this.other.tell("open", this.directory)).isEqualTo("done");
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			assertThatThrownBy(() -> {
				if (name.endsWith("snaplog")) {
					store.log(index, LogSync.always());
				}
				index.add("a", StoreFixture.vector(1));
				store.save(index);
			}).isInstanceOf(IndexIoException.class).hasMessageContaining(name);
			assertThat(this.other.tell("add", "b")).isEqualTo("done");
			assertThatThrownBy(() -> store.save(index)).isInstanceOf(StoreLockedException.class);
			assertThat(this.other.tell("close", "")).isEqualTo("done");
		}
		assertThat(restored()).containsExactly("b");
	}

	@Test
	void aSecondClassLoaderIsRefusedAndDoesNotGiveTheLockUp() throws Exception {
		try (IndexStore store = IndexStore.open(this.directory, 2); URLClassLoader loader = otherClasses()) {
			Class<?> otherStore = loader.loadClass(IndexStore.class.getName());
			assertThat(otherStore).isNotSameAs(IndexStore.class);
			Method open = otherStore.getMethod("open", Path.class, int.class);
			for (int attempt = 0; attempt < 2; attempt++) {
				assertThatThrownBy(() -> open.invoke(null, store.directory(), 2))
					.isInstanceOf(InvocationTargetException.class)
					.satisfies((ex) -> assertThat(ex.getCause().toString()).contains(LOCKED, "this process"));
				assertThat(this.other.tell("open", this.directory)).contains(LOCKED);
			}
		}
		assertThat(this.other.tell("open", this.directory)).isEqualTo("done");
	}

	@Test
	void aLockThatOnlyTheVirtualMachineKnowsOfIsNotGivenUp() throws Exception {
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			// as classes would hold it that register nothing
			Set<String> names = new TreeSet<>(System.getProperties().stringPropertyNames());
			names.removeIf((name) -> !name.startsWith("dev.snapvec.store.open."));
			assertThat(names).hasSizeGreaterThanOrEqualTo(2);
			names.forEach(System::clearProperty);
			for (int attempt = 0; attempt < 2; attempt++) {
				assertThatThrownBy(() -> IndexStore.open(store.directory(), 2)).isInstanceOf(StoreLockedException.class)
					.hasMessageContaining("this process");
				System.gc();
				assertThat(this.other.tell("open", this.directory)).contains(LOCKED);
			}
		}
		IndexStore.open(this.directory, 2).close();
		assertThat(this.other.tell("open", this.directory)).isEqualTo("done");
	}

	private static URLClassLoader otherClasses() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			urls.add(Path.of(entry).toUri().toURL());
		}
		return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

	@Test
	void aLinkToTheDirectoryIsTheDirectoryItLedToWhenItWasOpened() throws IOException {
		Path second = Files.createDirectory(this.temporary.resolve("second"));
		Path link = this.temporary.resolve("link");
		Files.createDirectory(this.directory);
		Files.createSymbolicLink(link, this.directory);
		SafeIndex index = StoreFixture.newIndex();
		try (IndexStore store = IndexStore.open(link, 2)) {
			assertThat(store.directory()).isEqualTo(this.directory);
			store.log(index, LogSync.always());
			index.add("a", StoreFixture.vector(1));
			assertThatThrownBy(() -> IndexStore.open(this.directory, 2)).isInstanceOf(StoreLockedException.class);
			assertThatThrownBy(() -> IndexStore.open(link.resolve("../second/../link"), 2))
				.isInstanceOf(StoreLockedException.class);
			assertThat(this.other.tell("open", link)).contains(LOCKED);
			Files.delete(link);
			Files.createSymbolicLink(link, second);
			assertThat(this.other.tell("open", link)).isEqualTo("done");
			assertThat(this.other.tell("add", "b")).isEqualTo("done");
			index.add("c", StoreFixture.vector(3));
			assertThat(store.save(index).path()).hasParent(this.directory);
			assertThat(this.other.tell("add", "d")).isEqualTo("done");
			assertThat(this.other.tell("close", "")).isEqualTo("done");
		}
		assertThat(restored()).containsExactly("a", "c");
		this.directory = second;
		assertThat(restored()).containsExactly("b", "d");
	}

	@Test
	void aRenamedDirectoryStaysItsOwners() throws IOException {
		Path renamed = this.temporary.resolve("renamed");
		SecondWriter.Writer first = new SecondWriter.Writer();
		first.run("open", this.directory.toString());
		first.run("add", "a");
		Files.move(this.directory, renamed);
		assertThat(this.other.tell("open", renamed)).contains(LOCKED);
		assertThatThrownBy(() -> IndexStore.open(renamed, 2)).isInstanceOf(StoreLockedException.class)
			.hasMessageContaining("this process");
		assertThat(this.other.tell("open", renamed)).as("after the attempt in this process").contains(LOCKED);
		assertThat(first.run("add", "b")).contains(IndexIoException.class.getName());
		Files.move(renamed, this.directory);
		assertThat(first.run("add", "c")).isEqualTo("done");
		first.run("close", "");
		assertThat(restored()).containsExactly("a", "c");
	}

	@Test
	void aCopyIsAnotherDirectory() throws IOException {
		SecondWriter.Writer first = new SecondWriter.Writer();
		first.run("open", this.directory.toString());
		first.run("add", "a");
		Path copy = this.temporary.resolve("copy");
		StoreFixture.copy(this.directory, copy);
		assertThat(this.other.tell("open", copy)).isEqualTo("done");
		assertThat(this.other.tell("add", "b")).isEqualTo("done");
		assertThat(first.run("add", "c")).isEqualTo("done");
		assertThat(this.other.tell("close", "")).isEqualTo("done");
		first.run("close", "");
		assertThat(restored()).containsExactly("a", "c");
		this.directory = copy;
		assertThat(restored()).containsExactly("a", "b");
	}

	@Test
	void aLockFileOfTwoNamesIsOneLock() throws IOException {
		Path second = Files.createDirectory(this.temporary.resolve("second"));
		try (IndexStore store = IndexStore.open(this.directory, 2)) {
			Files.createLink(second.resolve(".lock"), lock());
			assertThatThrownBy(() -> IndexStore.open(second, 2)).isInstanceOf(StoreLockedException.class);
			assertThat(this.other.tell("open", second)).contains(LOCKED);
			assertThat(this.other.tell("open", this.directory)).contains(LOCKED);
			store.save(StoreFixture.newIndex());
		}
		assertThat(this.other.tell("open", second)).isEqualTo("done");
	}

	@Test
	void aLockFileThatIsNoFileIsRefusedAndWhatItLeadsToUnchanged() throws Exception {
		Files.createDirectory(this.directory);
		Path target = Files.writeString(this.temporary.resolve("target"), "mine");
		Files.createSymbolicLink(lock(), target);
		refused("symbolic link");
		assertThat(target).hasContent("mine");
		Files.delete(target);
		refused("symbolic link");
		assertThat(target).as("what a dangling link leads to").doesNotExist();
		Files.delete(lock());
		Files.createDirectory(lock());
		refused("directory");
		Files.delete(lock());
		assertThat(new ProcessBuilder("mkfifo", lock().toString()).start().waitFor()).isZero();
		refused("device");
		Files.delete(lock());
		IndexStore.open(this.directory, 2).close();
	}

	private void refused(String kind) {
		assertThatThrownBy(() -> IndexStore.open(this.directory, 2)).isInstanceOf(IndexIoException.class)
			.hasMessageContaining(lock() + " must be a regular file, but is a " + kind);
	}

	@Test
	void aStoreThatNobodyClosesKeepsItsDirectoryAndNoOther() throws Exception {
		for (int round = 0; round < 3; round++) {
			IndexStore.open(this.directory, 2);
			System.gc();
			TimeUnit.MILLISECONDS.sleep(50);
			Files.delete(lock());
			Files.delete(this.directory);
			for (int other = 0; other < 10; other++) {
				this.directory = this.temporary.toRealPath().resolve(round + "-" + other);
				try (IndexStore store = IndexStore.open(this.directory, 2)) {
					assertThat(store.snapshots()).isEmpty();
				}
			}
			this.directory = this.temporary.toRealPath().resolve("next-" + round);
		}
	}

	@Test
	void anInterruptedWriterKeepsItsLock() throws IOException {
		SecondWriter.Writer first = new SecondWriter.Writer();
		first.run("open", this.directory.toString());
		Thread.currentThread().interrupt();
		try {
			assertThat(first.run("add", "a")).isEqualTo("done");
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(this.other.tell("open", this.directory)).contains(LOCKED);
		assertThat(first.run("add", "b")).isEqualTo("done");
		first.run("close", "");
		assertThat(restored()).containsExactly("a", "b");
	}

	@Test
	void hundredAttemptsOfChanceNeverMakeTwoWriters(TestReporter reporter) throws IOException {
		attempt(100, reporter);
	}

	@Test
	@Tag("slow")
	@Timeout(900)
	void threeThousandAttemptsOfChanceNeverMakeTwoWriters(TestReporter reporter) throws IOException {
		attempt(3000, reporter);
	}

	/**
	 * Two writers, one in a process of its own, open, write and close a directory in
	 * turns of chance, while its lock file is closed, deleted, replaced and emptied. Once
	 * one has written, the other one must open the directory again to write.
	 */
	private void attempt(int attempts, TestReporter reporter) throws IOException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		SecondWriter.Writer first = new SecondWriter.Writer();
		Set<String> acknowledged = new TreeSet<>();
		boolean[] mayWrite = new boolean[3];
		List<String> history = new ArrayList<>();
		int opened = 0;
		for (int done = 0; done < attempts;) {
			int writer = 1 + random.nextInt(2);
			int what = random.nextInt(10);
			if (what <= 1) {
				Loss loss = Loss.values()[random.nextInt(Loss.values().length)];
				if (Files.exists(lock())) {
					loss.inflict(lock());
					history.add(loss.toString());
				}
			}
			else if (what <= 4) {
				tell(first, writer, "close", "");
				String answer = tell(first, writer, "open", this.directory.toString());
				history.add(writer + " opens: " + answer);
				done++;
				mayWrite[writer] = answer.equals("done");
				opened += mayWrite[writer] ? 1 : 0;
				assertThat(mayWrite[writer] || answer.contains(LOCKED)).as("seed %d: %s", seed, answer).isTrue();
			}
			else {
				String id = String.format(Locale.ROOT, "row-%05d", acknowledged.size());
				String answer = tell(first, writer, (what == 5) ? "save" : "add", id);
				history.add(writer + " writes " + id + ": " + answer);
				if (answer.equals("done")) {
					assertThat(mayWrite[writer])
						.as("seed %d: the other one has written: %s", seed,
								history.subList(Math.max(0, history.size() - 15), history.size()))
						.isTrue();
					mayWrite[3 - writer] = false;
					if (what != 5) {
						acknowledged.add(id);
					}
				}
			}
		}
		tell(first, 1, "close", "");
		tell(first, 2, "close", "");
		assertThat(restored()).as("seed %d", seed).containsExactlyElementsOf(acknowledged);
		reporter.publishEntry("second writers",
				String.format(Locale.ROOT,
						"%d attempts: %d opened, %d refused, two at once 0; %d rows acknowledged, 0 lost, seed %d",
						attempts, opened, attempts - opened, acknowledged.size(), seed));
	}

	private String tell(SecondWriter.Writer first, int writer, String command, String argument) throws IOException {
		return (writer == 1) ? first.run(command, argument) : this.other.tell(command, argument);
	}

}
