package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for contexts that have a parent, as applications in layers do.
 */
@ExtendWith(OutputCaptureExtension.class)
class ContextHierarchyTests {

	@TempDir
	private Path directory;

	@Test
	void aChildSharesTheIndexesOfItsParent() {
		try (ConfigurableApplicationContext parent = parent("--snapvec.indexes.products.dimension=8",
				"--snapvec.indexes.products.freeze=manual")) {
			SafeIndex index = parent.getBean("products", SafeIndex.class);
			try (ConfigurableApplicationContext child = child(parent)) {
				assertThat(child.getBean("products", SafeIndex.class)).isSameAs(index);
				IndexRunner.add(child.getBean("products", SafeIndex.class), 3);
			}
			index.delete("id0");
		}
		try (ConfigurableApplicationContext parent = parent("--snapvec.indexes.products.dimension=8")) {
			assertThat(parent.getBean("products", SafeIndex.class).size()).isEqualTo(2);
		}
	}

	@Test
	void aChildWithIndexesOfItsOwnIsRefusedWithWhereTheyBelong(CapturedOutput output) {
		try (ConfigurableApplicationContext parent = parent("--snapvec.indexes.products.dimension=8")) {
			assertThatException().isThrownBy(() -> child(parent, "--snapvec.indexes.articles.dimension=8"));
			assertThat(output).contains("APPLICATION FAILED TO START").contains("articles").contains("parent");
		}
	}

	private ConfigurableApplicationContext parent(String... arguments) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("snapvec.directory=" + this.directory)
			.run(arguments);
	}

	private ConfigurableApplicationContext child(ConfigurableApplicationContext parent, String... arguments) {
		return new SpringApplicationBuilder(Application.class).parent(parent)
			.web(WebApplicationType.NONE)
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
	static class Application {

	}

}
