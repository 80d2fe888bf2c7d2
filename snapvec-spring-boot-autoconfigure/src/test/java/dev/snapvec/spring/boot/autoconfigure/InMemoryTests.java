package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import dev.snapvec.ProgressListener;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexPopulator;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecTenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Indexes that are not saved touch no directory: here a file is in its place, so that
 * whatever touches it fails.
 */
@ExtendWith(OutputCaptureExtension.class)
class InMemoryTests {

	@TempDir
	private Path temporary;

	private Path directory;

	@BeforeEach
	void makeDirectoryUnusable() throws IOException {
		this.directory = Files.writeString(this.temporary.resolve("file"), "no directory").resolve("indexes");
	}

	private ApplicationContextRunner runner(String... properties) {
		return IndexRunner.in(this.directory).withPropertyValues(properties);
	}

	private static SafeIndex index(AssertableApplicationContext context) {
		return context.getBean("products", SafeIndex.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapvec.in-memory=true", "snapvec.indexes.products.snapshot.enabled=false",
			"snapvec.defaults.snapshot.enabled=false" })
	void nothingIsMadeLockedOrReadAndPopulatorsFillTheIndexAtEveryStart(String property, CapturedOutput output) {
		for (int start = 0; start < 2; start++) {
			runner(property).withBean(IndexPopulator.class, () -> IndexRunner.populator(3)).run((context) -> {
				assertThat(index(context).size()).isEqualTo(3);
				index(context).add("more", IndexRunner.vector(9));
				IndexSnapshots snapshots = context.getBean(IndexSnapshots.class);
				assertThat(snapshots.list("products")).isEmpty();
				assertThat(snapshots.next("products")).isEmpty();
				assertThatIllegalStateException().isThrownBy(() -> snapshots.write("products"))
					.withMessage("snapshots of index 'products' are disabled: %s is %s", property.split("=")[0],
							property.split("=")[1]);
			});
		}
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	void anExistingSnapshotIsNotRestoredWhereNothingIsSaved() {
		Path usable = this.temporary.resolve("usable");
		IndexRunner.in(usable).run((context) -> IndexRunner.add(index(context), 3));
		IndexRunner.in(usable)
			.withPropertyValues("snapvec.in-memory=true")
			.run((context) -> assertThat(index(context).size()).isZero());
		IndexRunner.in(usable).run((context) -> assertThat(index(context).size()).isEqualTo(3));
	}

	@Test
	void anEmptyIndexSaysThatItIsInMemoryOnly(CapturedOutput output) {
		runner("snapvec.in-memory=true").run((context) -> assertThat(index(context).size()).isZero());
		assertThat(output)
			.containsOnlyOnce("Index 'products' starts empty: it is in memory only, and no populator fills it");
	}

	@Test
	void whatIsInMemoryIsThereAfterAPause() {
		runner("snapvec.in-memory=true", "snapvec.tenants.documents.dimension=8").run((context) -> {
			ConfigurableApplicationContext source = context
				.getSourceApplicationContext(ConfigurableApplicationContext.class);
			SnapvecTenants tenants = context.getBean(SnapvecTenants.class);
			IndexRunner.add(index(context), 3);
			SafeIndex acme = tenants.call("acme", (index) -> index);
			IndexRunner.add(acme, 2);
			source.stop();
			assertThatIllegalStateException().isThrownBy(() -> index(context).delete("id0"));
			assertThatIllegalStateException().isThrownBy(() -> acme.delete("id0"));
			source.start();
			index(context).delete("id0");
			assertThat(index(context).size()).isEqualTo(2);
			tenants.run("acme", (index) -> index.delete("id0"));
			assertThat(tenants.<Integer>call("acme", SafeIndex::size)).isEqualTo(1);
		});
	}

	@Test
	void tenantsInMemoryStayOpenAsClosingThemWouldLoseThem() {
		IndexRunner.withoutIndexesIn(this.directory)
			.withPropertyValues("snapvec.in-memory=true", "snapvec.tenants.documents.dimension=8",
					"snapvec.tenants.documents.maximum-open=1")
			.withBean(IndexPopulator.class, () -> new IndexPopulator() {

				@Override
				public void populate(SafeIndex index, ProgressListener progress) {
					IndexRunner.add(index, 2);
				}

				@Override
				public Set<String> indexNames() {
					return Set.of("documents");
				}

			})
			.run((context) -> {
				SnapvecTenants tenants = context.getBean(SnapvecTenants.class);
				assertThat(tenants.exists("tenant0")).isFalse();
				for (int round = 0; round < 20; round++) {
					for (int tenant = 0; tenant < 5; tenant++) {
						String id = "row" + round;
						tenants.run("tenant" + tenant, (index) -> index.add(id, IndexRunner.vector(id.hashCode())));
					}
				}
				for (int tenant = 0; tenant < 5; tenant++) {
					assertThat(tenants.<Integer>call("tenant" + tenant, SafeIndex::size)).isEqualTo(22);
				}
				assertThat(tenants.exists("tenant0")).isTrue();
				assertThat(tenants.delete("tenant0")).isTrue();
				assertThat(tenants.exists("tenant0")).isFalse();
				assertThat(tenants.delete("tenant0")).isFalse();
				assertThat(tenants.<Integer>call("tenant0", SafeIndex::size)).as("populated anew").isEqualTo(2);
			});
	}

	@ParameterizedTest
	@CsvSource({ "snapvec.indexes.products.write-ahead-log.enabled", "snapvec.defaults.write-ahead-log.enabled",
			"snapvec.indexes.products.reload.enabled", "snapvec.defaults.reload.enabled",
			"snapvec.indexes.products.snapshot.enabled" })
	void whatNeedsADirectoryIsRefusedWithBothKeys(String key) {
		runner("snapvec.in-memory=true", key + "=true").run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining(key)
			.hasStackTraceContaining("An index in memory has no files, but snapvec.in-memory is true."));
	}

}
