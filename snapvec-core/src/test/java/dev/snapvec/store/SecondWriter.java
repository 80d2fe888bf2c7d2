package dev.snapvec.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.StoreLockedException;

/**
 * A process that opens a store when it is told to, adds rows to it and saves it, and says
 * for each command whether it was done.
 */
final class SecondWriter implements AutoCloseable {

	private final Process process;

	private final BufferedReader output;

	SecondWriter() throws IOException {
		this.process = ChildJvm.with("-Xmx64m", "-XX:TieredStopAtLevel=1", SecondWriter.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		this.output = this.process.inputReader(StandardCharsets.UTF_8);
	}

	/**
	 * @param command {@code open}, {@code add}, {@code save} or {@code close}
	 * @param argument the directory, or the id
	 * @return {@code done}, or why not
	 */
	String tell(String command, Object argument) throws IOException {
		this.process.getOutputStream().write((command + " " + argument + "\n").getBytes(StandardCharsets.UTF_8));
		this.process.getOutputStream().flush();
		String answer = this.output.readLine();
		if (answer == null) {
			throw new IOException("it ended");
		}
		return answer;
	}

	long pid() {
		return this.process.pid();
	}

	@Override
	public void close() {
		try {
			this.process.destroyForcibly().waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** One end of the conversation, the same for a writer in this process. */
	static final class Writer {

		private IndexStore store;

		private SafeIndex index = StoreFixture.newIndex();

		String run(String command, String argument) {
			if (this.store == null && !command.equals("open")) {
				return "not open";
			}
			try {
				switch (command) {
					case "open" -> open(Path.of(argument));
					case "add" -> this.index.upsert(argument, StoreFixture.vector(argument.hashCode()));
					case "save" -> this.store.save(this.index);
					case "close" -> close();
					default -> throw new IllegalArgumentException(command);
				}
				return "done";
			}
			catch (StoreLockedException | IndexIoException ex) {
				return ex.toString().replace('\n', ' ');
			}
		}

		private void open(Path directory) {
			IndexStore store = IndexStore.open(directory, 2);
			this.store = store;
			this.index = StoreFixture.newIndex();
			store.restore(LoadOptions.defaults()).ifPresent((restored) -> this.index.local().restore(restored.index()));
			store.log(this.index, LogSync.always());
		}

		private void close() {
			IndexStore store = this.store;
			this.store = null;
			store.close();
		}

	}

	public static void main(String[] arguments) throws IOException {
		PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		Writer writer = new Writer();
		try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			for (String line = input.readLine(); line != null; line = input.readLine()) {
				String[] words = line.split(" ", 2);
				output.println(writer.run(words[0], words[1]));
			}
		}
	}

}
