package dev.snapvec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import dev.snapvec.store.ChildJvm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files and logs that are wrong though their checksums are right: each is refused with an
 * exception of its own type, or gives what can be used. A process of 128 MB does it, so
 * that what a file asks for cannot be much. What fails says the seed and the number of
 * the file, which are the arguments to repeat it with.
 */
class MutatedFileTests {

	private static final String LOGS = "dev.snapvec.store.MutatingStoreProcess";

	private static final String FILES = MutatingProcess.class.getName();

	@Test
	void mutatedFilesAreRefusedOrUsable() throws Exception {
		run(FILES, 5_000);
	}

	@Test
	void mutatedLogsAreRefusedOrUsable() throws Exception {
		run(LOGS, 400);
	}

	@Tag("slow")
	@Test
	void aMillionMutatedFilesAreRefusedOrUsable() throws Exception {
		run(FILES, 1_200_000);
	}

	@Tag("slow")
	@Test
	void aHundredThousandMutatedLogsAreRefusedOrUsable() throws Exception {
		run(LOGS, 100_000);
	}

	private static void run(String process, int count) throws Exception {
		Path directory = directory();
		try {
			Process started = ChildJvm
				.with("-Xmx128m", process, directory.toString(), Long.toString(System.nanoTime() % 1_000_000_007), "0",
						Integer.toString(count))
				.redirectErrorStream(true)
				.start();
			String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			System.out.print(output);
			assertThat(started.waitFor()).as(output).isZero();
		}
		finally {
			delete(directory);
		}
	}

	/** In memory if there is a place for files. */
	private static Path directory() throws IOException {
		Path memory = Path.of("/dev/shm");
		return Files.isWritable(memory) ? Files.createTempDirectory(memory, "snapvec")
				: Files.createTempDirectory("snapvec");
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> paths = Files.walk(directory)) {
			for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(path);
			}
		}
	}

}
