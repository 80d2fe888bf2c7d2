package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import dev.snapvec.SafeIndex;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's {@code application.yml}, used as it stands there.
 */
class ReadmeTests {

	private static final Pattern SNIPPET = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	@TempDir
	Path directory;

	@Test
	void theYamlSnippetGivesAnIndex() throws IOException {
		PropertySource<?> yaml = new YamlPropertySourceLoader()
			.load("README", new ByteArrayResource(snippet().getBytes(StandardCharsets.UTF_8)))
			.get(0);
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SnapvecAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addLast(yaml))
			.withPropertyValues("snapvec.directory=" + this.directory)
			.run((context) -> {
				SafeIndex products = context.getBean("products", SafeIndex.class);
				assertThat(products.dimension()).isEqualTo(384);
				assertThat(products.stats().type()).isEqualTo("SnapIndex");
			});
	}

	@Test
	void theYamlSnippetIsShort() throws IOException {
		assertThat(snippet().lines()).hasSizeLessThanOrEqualTo(6);
	}

	@Test
	void theStarterGuideHasTheSameSnippet() throws IOException {
		assertThat(Files.readString(Path.of("../docs/starter.md"))).contains("```yaml\n" + snippet() + "```");
	}

	private static String snippet() throws IOException {
		Matcher matcher = SNIPPET.matcher(Files.readString(Path.of("../README.md")));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

}
