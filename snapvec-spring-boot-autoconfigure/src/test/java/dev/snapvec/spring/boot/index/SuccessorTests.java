package dev.snapvec.spring.boot.index;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.snapvec.IvfPqSnapIndex;
import dev.snapvec.PqSnapIndex;
import dev.snapvec.ResidualSnapIndex;
import dev.snapvec.SafeIndex;
import dev.snapvec.Similarity;
import dev.snapvec.SnapIndex;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.autoconfigure.IndexRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Another index takes the place of a configured one only if the next start would restore
 * it.
 */
@ExtendWith(OutputCaptureExtension.class)
class SuccessorTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner(String... properties) {
		return IndexRunner.in(this.directory).withPropertyValues(properties);
	}

	private static SafeIndex index(AssertableApplicationContext context) {
		return context.getBean("products", SafeIndex.class);
	}

	private static Arguments refused(String type, String key, Object expected, Object found,
			Supplier<VectorIndex> successor) {
		return Arguments.of(type, key, expected, found, successor);
	}

	static Stream<Arguments> thoseThatAreRefused() {
		return Stream.of(refused("snap", "type", "snap", "residual", () -> ResidualSnapIndex.builder(8).build()),
				refused("snap", "bits", 4, 3, () -> SnapIndex.builder(8).bits(3).build()),
				refused("snap", "use-prod", false, true, () -> SnapIndex.builder(8).useProd(true).build()),
				refused("snap", "seed", 0, 7, () -> SnapIndex.builder(8).seed(7).build()),
				refused("snap", "normalized", false, true, () -> SnapIndex.builder(8).normalized(true).build()),
				refused("snap", "similarity", "cosine", "dot-product",
						() -> SnapIndex.builder(8).similarity(Similarity.DOT_PRODUCT).build()),
				refused("snap", "corrected-scores", true, false,
						() -> SnapIndex.builder(8).correctedScores(false).build()),
				refused("snap", "model", "bge", "e5", () -> SnapIndex.builder(8).attribute("model", "e5").build()),
				refused("residual", "coarse-bits", 4, 2, () -> ResidualSnapIndex.builder(8).coarseBits(2).build()),
				refused("residual", "residual-bits", 4, 3, () -> ResidualSnapIndex.builder(8).residualBits(3).build()),
				refused("pq", "rht", false, true, () -> PqSnapIndex.builder(8).subspaces(4).rht(true).build()),
				refused("pq", "opq", false, true, () -> PqSnapIndex.builder(8).subspaces(4).opq(true).build()),
				refused("pq", "subspaces", 4, 2, () -> PqSnapIndex.builder(8).subspaces(2).build()),
				refused("pq", "centroids", 256, 16, () -> PqSnapIndex.builder(8).subspaces(4).centroids(16).build()),
				refused("ivf-pq", "nlist", 256, 4, () -> IvfPqSnapIndex.builder(8).subspaces(4).nlist(4).build()),
				refused("ivf-pq", "keep-full-precision", false, true,
						() -> IvfPqSnapIndex.builder(8).subspaces(4).keepFullPrecision(true).build()));
	}

	@Test
	void oneThatIsNotTrainedDoesNotReplaceOneThatIs() {
		runner("snapvec.indexes.products.type=pq", "snapvec.indexes.products.subspaces=4",
				"snapvec.indexes.products.centroids=2", "snapvec.indexes.products.freeze=manual")
			.run((context) -> {
				SafeIndex index = index(context);
				Supplier<PqSnapIndex> next = () -> PqSnapIndex.builder(8).subspaces(4).centroids(2).build();
				index.replace(next.get());
				float[][] sample = { IndexRunner.vector(1), IndexRunner.vector(2), IndexRunner.vector(3) };
				index.fit(sample);
				IndexRunner.add(index, 3);
				assertThatIllegalArgumentException().isThrownBy(() -> index.replace(next.get()))
					.withMessage("the new index of index 'products' must be fitted, as the old one is, but was not; "
							+ "it could not be saved");
				assertThat(index.size()).isEqualTo(3);
				PqSnapIndex fitted = next.get();
				fitted.fit(sample);
				index.replace(fitted);
				assertThat(index.size()).isZero();
			});
	}

	@ParameterizedTest
	@MethodSource("thoseThatAreRefused")
	void oneOfAnotherConfigurationIsRefusedAndNothingIsChanged(String type, String key, Object expected, Object found,
			Supplier<VectorIndex> successors) {
		runner("snapvec.indexes.products.type=" + type, "snapvec.indexes.products.model=bge",
				type.endsWith("pq") ? "snapvec.indexes.products.subspaces=4" : "snapvec.enabled=true")
			.run((context) -> {
				SafeIndex index = index(context);
				VectorIndex held = index.index();
				VectorIndex successor = successors.get();
				Map<String, String> attributes = successor.attributes();
				for (Runnable attempt : new Runnable[] { () -> index.replace(successor),
						() -> index.local().restore(successor) }) {
					assertThatIllegalArgumentException().isThrownBy(attempt::run)
						.withMessageContaining("the new index does not match the configuration of index 'products': ")
						.withMessageContaining("snapvec.indexes.products." + key + " is " + expected)
						.withMessageContaining("the new index has " + found);
				}
				assertThat(index.index()).isSameAs(held);
				assertThat(index.isDirty()).isFalse();
				assertThat(successor.attributes()).isEqualTo(attributes);
				assertThat(successor.isFrozen()).isFalse();
			});
	}

	@Test
	void oneOfTheConfigurationKeepsModelAndAttributesOverARestart() {
		String[] properties = { "snapvec.indexes.products.bits=3", "snapvec.indexes.products.model=bge" };
		runner(properties).run((context) -> {
			index(context).attribute("source", "catalogue");
			index(context).freeze();
			SnapIndex successor = SnapIndex.builder(8).bits(3).build();
			successor.add("new", IndexRunner.vector(1));
			index(context).replace(successor);
			assertThat(index(context).isFrozen()).isTrue();
		});
		runner(properties).run((context) -> {
			assertThat(index(context).contains("new")).isTrue();
			assertThat(index(context).attributes()).isEqualTo(Map.of("model", "bge", "source", "catalogue"));
		});
	}

	@Test
	void theIndexOfATenantIsGuardedToo() {
		IndexRunner.withoutIndexesIn(this.directory)
			.withPropertyValues("snapvec.tenants.documents.dimension=8", "snapvec.tenants.documents.bits=3")
			.run((context) -> context.getBean(SnapvecTenants.class)
				.run("acme",
						(index) -> assertThatIllegalArgumentException()
							.isThrownBy(() -> index.replace(SnapIndex.builder(8).build()))
							.withMessageContaining("index 'documents/acme'")
							.withMessageContaining("snapvec.tenants.documents.bits is 3, the new index has 4")));
	}

	@Test
	void anotherModelIsRefusedAsAnAttributeTooAndTheNextStartRestoresTheIndex() {
		runner("snapvec.indexes.products.model=bge").run((context) -> {
			IndexRunner.add(index(context), 3);
			assertThatIllegalArgumentException().isThrownBy(() -> index(context).attribute("model", "e5"))
				.withMessage("index 'products': attribute 'model' must be 'bge', as snapvec.indexes.products.model"
						+ " says, but was 'e5'");
			index(context).attribute("model", "bge");
			index(context).attribute("source", "e5");
		});
		runner("snapvec.indexes.products.model=bge")
			.run((context) -> assertThat(index(context).attributes()).containsEntry("model", "bge")
				.containsEntry("source", "e5"));
		runner().run((context) -> index(context).attribute("model", "e5"));
		runner("snapvec.indexes.products.model=e5").run((context) -> assertThat(index(context).size()).isEqualTo(3));
	}

	@Test
	void aModelThatTheSnapshotDoesNotNameIsSaidAndSaved(CapturedOutput output) {
		runner().run((context) -> IndexRunner.add(index(context), 3));
		runner("snapvec.indexes.products.model=bge").run((context) -> {
			assertThat(index(context).attributes()).containsEntry("model", "bge");
			assertThat(context.getBean(IndexSnapshots.class).isDirty("products")).isTrue();
		});
		assertThat(output)
			.containsOnlyOnce("Index 'products' has model 'bge' from now on: snapshot-0000000001.snapvec names none");
		runner("snapvec.indexes.products.model=e5").run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("snapvec.indexes.products.model is e5, the snapshot has bge"));
	}

	@Test
	void aModelThatIsAdoptedIsInTheLogAtOnce() {
		runner().run((context) -> IndexRunner.add(index(context), 3));
		runner("snapvec.indexes.products.model=bge", "snapvec.indexes.products.write-ahead-log.enabled=true",
				"snapvec.indexes.products.snapshot.on-shutdown=false")
			.run((context) -> assertThat(context.getBean(IndexSnapshots.class).isDirty("products")).isFalse());
		runner("snapvec.indexes.products.model=e5").run((context) -> assertThat(context).hasFailed());
	}

}
