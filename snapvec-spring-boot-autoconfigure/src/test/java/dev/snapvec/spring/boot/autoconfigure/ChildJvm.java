package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts JVMs with the arguments that the JVM of the tests was started with: those of the
 * Maven property {@code test.jvm.args}.
 */
final class ChildJvm {

	static final String ARGUMENTS = System.getProperty("test.jit", "") + " " + System.getProperty("test.jvm.args", "");

	private ChildJvm() {
	}

	/**
	 * @param arguments what comes behind the class path: options, the main class, its
	 * arguments
	 */
	static ProcessBuilder with(String... arguments) {
		return with(System.getProperty("java.class.path"), List.of(arguments));
	}

	static ProcessBuilder with(String classPath, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		Stream.of(ARGUMENTS.split("\\s+")).filter((argument) -> !argument.isEmpty()).forEach(command::add);
		command.addAll(List.of("-cp", classPath));
		command.addAll(arguments);
		return new ProcessBuilder(command);
	}

}
