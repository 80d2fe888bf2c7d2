package dev.snapvec.spring.boot;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.Hit;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that is closed and started again in the same process with its
 * classes loaded anew, as developer tools do.
 */
class RestartTests {

	@TempDir
	private Path directory;

	@Test
	void anApplicationIsRestartedInAnotherClassLoaderAndFindsWhatItHad() throws Exception {
		for (int start = 0; start < 3; start++) {
			run(start);
		}
	}

	private void run(int start) throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = new RestartClassLoader(before)) {
			Thread.currentThread().setContextClassLoader(loader);
			Class<?> application = loader.loadClass(Application.class.getName());
			assertThat(application).isNotSameAs(Application.class);
			Object rows = application.getMethod("run", String.class).invoke(null, this.directory.toString());
			assertThat(rows).isEqualTo(start + 1);
			Thread.currentThread().setContextClassLoader(before);
			Awaitility.await("no thread is left")
				.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
					.noneMatch((thread) -> thread.getContextClassLoader() == loader));
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	/**
	 * An application that adds a row and searches, as it is seen from one class loader.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Application {

		public static int run(String directory) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.registerShutdownHook(false)
				.run("--snapvec.directory=" + directory, "--snapvec.indexes.products.dimension=8",
						"--snapvec.defaults.freeze=manual")) {
				SafeIndex index = context.getBean(SafeIndex.class);
				int row = index.size();
				index.add("id" + row, IndexRunner.vector(row));
				List<Hit> hits = index.search(IndexRunner.vector(row), 1);
				return hits.get(0).id().equals("id" + row) ? index.size() : -1;
			}
		}

	}

	/**
	 * Loads the classes of this project itself, and leaves libraries to its parent.
	 */
	private static final class RestartClassLoader extends URLClassLoader {

		RestartClassLoader(ClassLoader parent) throws MalformedURLException {
			super(classPath(), parent);
		}

		private static URL[] classPath() throws MalformedURLException {
			List<URL> urls = new ArrayList<>();
			for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
				urls.add(Path.of(entry).toUri().toURL());
			}
			return urls.toArray(new URL[0]);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				if (!name.startsWith("dev.snapvec.")) {
					return super.loadClass(name, resolve);
				}
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : findClass(name);
			}
		}

	}

}
