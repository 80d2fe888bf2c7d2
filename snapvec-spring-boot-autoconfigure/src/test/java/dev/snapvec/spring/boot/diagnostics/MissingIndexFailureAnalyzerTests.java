package dev.snapvec.spring.boot.diagnostics;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;
import dev.snapvec.SnapIndex;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for {@link MissingIndexFailureAnalyzer}, in applications that do not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class MissingIndexFailureAnalyzerTests {

	@TempDir
	private Path directory;

	@Test
	void whoAsksForAnIndexIsToldHowToConfigureOne(CapturedOutput output) {
		assertThat(fail(output, Unqualified.class))
			.contains("Unqualified requires a SafeIndex, but no index is configured")
			.containsPattern("snapvec:\\R\\s+indexes:\\R\\s+products:\\R\\s+dimension: 384")
			.doesNotContain("Consider defining a bean");
	}

	@Test
	void whoAsksForAnUnknownIndexIsToldWhichThereAre(CapturedOutput output) {
		assertThat(fail(output, Qualified.class, "snapvec.indexes.products.dimension=8",
				"snapvec.indexes.articles.dimension=8"))
			.contains("requires a SafeIndex named 'orders', but there is none; expected one of 'articles',"
					+ " 'products'.")
			.contains("snapvec.indexes");
	}

	@Test
	void whoAsksForOneOfTwoIsToldHowToSayWhich(CapturedOutput output) {
		assertThat(fail(output, Unqualified.class, "snapvec.indexes.products.dimension=8",
				"snapvec.indexes.articles.dimension=8"))
			.contains("requires a single SafeIndex, but there are several: 'articles', 'products'.")
			.contains("@Qualifier(\"articles\")")
			.contains("Give the parameter or field the name")
			.contains("SnapvecIndexes");
	}

	@Test
	void whoAsksForTenantsIsToldHowToConfigureThem(CapturedOutput output) {
		assertThat(fail(output, OfTenants.class)).containsPattern("snapvec:\\R\\s+tenants:\\R\\s+products:");
		assertThat(fail(output, OfTenants.class, "snapvec.tenants.a.dimension=8", "snapvec.tenants.b.dimension=8"))
			.contains("'a', 'b'");
	}

	@Test
	void whoAsksForATypeOfIndexIsToldOfItsHandle(CapturedOutput output) {
		assertThat(fail(output, OfType.class, "snapvec.indexes.products.dimension=8"))
			.contains("requires a SnapIndex, which is not a bean")
			.contains("SafeIndex");
	}

	@Test
	void whoTurnedIndexesOffIsRemindedOfIt(CapturedOutput output) {
		assertThat(fail(output, Unqualified.class, "snapvec.indexes.products.dimension=8", "snapvec.enabled=false"))
			.contains("snapvec.enabled is false");
	}

	@Test
	void whoAsksInATestOfASliceIsNotToldOfIndexesThatAreNotThere(CapturedOutput output) {
		assertThat(fail(output, new SpringApplication(Unqualified.class), "snapvec.indexes.products.dimension=8"))
			.contains("Unqualified requires a SafeIndex, but SnapvecAutoConfiguration is not part of this application")
			.contains("@MockitoBean")
			.contains("@ImportAutoConfiguration(SnapvecAutoConfiguration.class)")
			.doesNotContain("expected one of 'products'");
	}

	private String fail(CapturedOutput output, Class<?> consumer, String... properties) {
		return fail(output, new SpringApplication(Application.class, consumer), properties);
	}

	private String fail(CapturedOutput output, SpringApplication application, String... properties) {
		application.setWebApplicationType(WebApplicationType.NONE);
		String[] arguments = new String[properties.length + 1];
		arguments[0] = "--snapvec.directory=" + this.directory;
		for (int i = 0; i < properties.length; i++) {
			arguments[i + 1] = "--" + properties[i];
		}
		int before = output.length();
		assertThatException().isThrownBy(() -> application.run(arguments));
		String all = output.toString().substring(before);
		assertThat(all).contains("APPLICATION FAILED TO START");
		return all.substring(all.indexOf("APPLICATION FAILED TO START"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
	static class Application {

	}

	static class Unqualified {

		Unqualified(SafeIndex index) {
		}

	}

	static class Qualified {

		Qualified(@Qualifier("orders") SafeIndex index) {
		}

	}

	static class OfTenants {

		OfTenants(SnapvecTenants tenants) {
		}

	}

	static class OfType {

		OfType(SnapIndex index) {
		}

	}

}
