package dev.snapvec.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The owner of a directory as recorded in the lock file: the process, for messages, and a
 * token of this acquisition, by which an owner detects that another one came.
 *
 * @param process process id, host and start time
 * @param token unique per acquisition, or empty if the file has none
 */
record LockOwner(String process, String token) {

	static final LockOwner NOBODY = new LockOwner("", "");

	/** An owner known only by the files that it wrote. */
	static final LockOwner GONE = new LockOwner("unknown, as its lock file is missing, but it has left files", "");

	/** Another part of this process. */
	static final LockOwner HERE = new LockOwner("this process, which is " + Self.NAME, "");

	/** Computed once. */
	private static final class Self {

		static final String NAME = self();

	}

	static LockOwner ofThisProcess() {
		return new LockOwner(Self.NAME, UUID.randomUUID().toString());
	}

	static LockOwner of(byte[] content, int length) {
		String[] lines = new String(content, 0, length, StandardCharsets.UTF_8).split("\n", -1);
		return new LockOwner(lines[0].strip(), (lines.length > 1) ? lines[1].strip() : "");
	}

	byte[] toBytes() {
		return (this.process + "\n" + this.token + "\n").getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return equals(NOBODY) ? "owner not yet recorded" : this.process;
	}

	private static String self() {
		ProcessHandle process = ProcessHandle.current();
		Instant started = process.info().startInstant().orElseGet(Instant::now);
		return String.format(Locale.ROOT, "process %d on host %s, started %s", process.pid(), host(), started);
	}

	/**
	 * Looked up without the network: a name server that does not respond would block.
	 */
	private static String host() {
		return Stream
			.of(read("/proc/sys/kernel/hostname"), variable("HOSTNAME"), variable("COMPUTERNAME"),
					read("/etc/hostname"))
			.map(String::strip)
			.filter((name) -> !name.isEmpty())
			.findFirst()
			.orElse("unknown");
	}

	private static String variable(String name) {
		String value = System.getenv(name);
		return (value != null) ? value : "";
	}

	private static String read(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException | RuntimeException ex) {
			return "";
		}
	}

}
