package dev.snapvec.documents;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * The engine with another version of Lucene, and without it.
 */
class LuceneVersionTests {

	private static final Path CLASSES = Path.of("target/classes");

	@TempDir
	Path directory;

	@Test
	void theVersionOfTheBuildIsSupported() throws IOException {
		assertThatNoException().isThrownBy(LuceneVersion::require);
		String version = LuceneVersion.LIBRARY.substring(LuceneVersion.LIBRARY.lastIndexOf(':') + 1);
		assertThat(Files.readString(Path.of("../pom.xml")))
			.contains("<lucene.version>" + version + "</lucene.version>");
	}

	@Test
	void withoutItTheMessageSaysWhatToAdd() throws Exception {
		assertThat(failure()).isEqualTo("dev.snapvec.UnsupportedLibraryException: documents need Lucene 9.12 or a later"
				+ " 9.x, but found none on the class path; add the dependency org.apache.lucene:lucene-core:9.12.3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.6.0", "9.11.1", "8.11.4", "4", "x.y" })
	void anotherVersionIsRefusedAndNamed(String version) throws Exception {
		assertThat(failure(jar(version, compiled(version))))
			.isEqualTo("dev.snapvec.UnsupportedLibraryException: documents need Lucene 9.12 or a later 9.x, but found "
					+ version + "; add the dependency org.apache.lucene:lucene-core:9.12.3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "9.12.0", "9.12.3", "9.13.0" })
	void laterVersionsOfTheSameMajorAreTaken(String version) throws Exception {
		assertThat(failure(jar(version, compiled(version)))).isEmpty();
	}

	@Test
	void oneThatNeedsANewerJavaIsNamedToo() throws Exception {
		byte[] newer = compiled("10.6.0");
		newer[6] = 0x7f;
		assertThat(failure(jar("10.6.0", newer))).contains("but found 10.6.0; add");
		assertThat(failure(jar(null, newer))).contains("but found an unknown version; add");
	}

	@Test
	void theRestOfTheEngineWorksWithoutIt() throws Exception {
		try (URLClassLoader loader = loader()) {
			Class<?> type = loader.loadClass("dev.snapvec.SnapIndex");
			Object builder = type.getMethod("builder", int.class).invoke(null, 8);
			Object index = builder.getClass().getMethod("build").invoke(builder);
			Class<?> vectors = loader.loadClass("dev.snapvec.VectorIndex");
			vectors.getMethod("add", String.class, float[].class)
				.invoke(index, "a", new float[] { 1, 2, 3, 4, 5, 6, 7, 8 });
			assertThat(vectors.getMethod("size").invoke(index)).isEqualTo(1);
			Class<?> filter = loader.loadClass("dev.snapvec.documents.MetadataFilter");
			assertThat(filter.getMethod("parse", String.class).invoke(null, "a == 1")).hasToString("a == 1");
			Class<?> store = loader.loadClass("dev.snapvec.store.IndexStore");
			try (AutoCloseable opened = (AutoCloseable) store.getMethod("open", Path.class, int.class)
				.invoke(null, this.directory, 1)) {
				Class<?> handle = loader.loadClass("dev.snapvec.SafeIndex");
				Class<?> options = loader.loadClass("dev.snapvec.documents.DocumentOptions");
				Constructor<?> documents = loader.loadClass("dev.snapvec.documents.DocumentIndex")
					.getConstructor(handle, store, options);
				assertThatExceptionOfType(InvocationTargetException.class)
					.isThrownBy(() -> documents.newInstance(
							handle.getConstructor(String.class, vectors).newInstance("a", index), opened,
							options.getMethod("defaults").invoke(null)))
					.withStackTraceContaining("documents need Lucene 9.12 or a later 9.x, but found none");
			}
		}
	}

	/** What the check throws in an application with these jars, or nothing. */
	private String failure(Path... jars) throws Exception {
		try (URLClassLoader loader = loader(jars)) {
			Method require = loader.loadClass(LuceneVersion.class.getName()).getDeclaredMethod("require");
			require.setAccessible(true);
			require.invoke(null);
			return "";
		}
		catch (InvocationTargetException ex) {
			return ex.getCause().toString();
		}
	}

	private static URLClassLoader loader(Path... jars) throws IOException {
		List<URL> urls = new ArrayList<>(
				List.of(CLASSES.toUri().toURL(), NullMarked.class.getProtectionDomain().getCodeSource().getLocation()));
		for (Path jar : jars) {
			urls.add(jar.toUri().toURL());
		}
		return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

	private byte[] compiled(String version) throws IOException {
		Path source = Files.createDirectories(this.directory.resolve("org/apache/lucene/util")).resolve("Version.java");
		Files.writeString(source, String.format(Locale.ROOT, """
				package org.apache.lucene.util;
				public final class Version {
					public static final Version LATEST = new Version();
					@Override
					public String toString() {
						return "%s";
					}
				}
				""", version));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assertThat(compiler.run(null, null, null, "-d", this.directory.toString(), source.toString())).isZero();
		return Files.readAllBytes(source.resolveSibling("Version.class"));
	}

	private Path jar(@Nullable String version, byte[] type) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		if (version != null) {
			manifest.getMainAttributes().put(Attributes.Name.SPECIFICATION_VERSION, version);
		}
		Path file;
		try (Stream<Path> files = Files.list(this.directory)) {
			file = this.directory.resolve("lucene-" + files.count() + ".jar");
		}
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
			jar.putNextEntry(new JarEntry("org/apache/lucene/util/Version.class"));
			jar.write(type);
			jar.closeEntry();
		}
		return file;
	}

}
