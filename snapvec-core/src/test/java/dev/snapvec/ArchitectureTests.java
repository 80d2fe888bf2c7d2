package dev.snapvec;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.snapvec.internal.rows.View;
import dev.snapvec.internal.scan.Searcher;
import dev.snapvec.internal.scan.SearcherPool;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may enter which room.
 */
class ArchitectureTests {

	private static final String VECTOR_API = "jdk.incubator.vector";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.snapvec");

	private static void room(String room, String... others) {
		String[] allowed = new String[others.length + 4];
		allowed[0] = "java..";
		allowed[1] = "org.jspecify..";
		allowed[2] = "dev.snapvec.internal." + room;
		allowed[3] = VECTOR_API;
		for (int i = 0; i < others.length; i++) {
			allowed[i + 4] = "dev.snapvec.internal." + others[i];
		}
		check(classes().that()
			.resideInAPackage("dev.snapvec.internal." + room)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(allowed));
	}

	private static void check(ArchRule rule) {
		rule.check(CLASSES);
	}

	@Test
	void classesAreFound() {
		assertThat(CLASSES.contain(SnapIndex.class)).isTrue();
		assertThat(CLASSES.contain(ArchitectureTests.class)).isFalse();
		assertThat(CLASSES.size()).isGreaterThan(60);
	}

	@Test
	void numpyDependsOnNoOtherRoom() {
		room("numpy");
	}

	@Test
	void codeDependsOnNoOtherRoom() {
		room("code");
	}

	@Test
	void taskDependsOnNoOtherRoom() {
		room("task");
	}

	@Test
	void rowsDependOnCodeAndTaskAlone() {
		room("rows", "code", "task");
	}

	@Test
	void lockDependsOnNoOtherRoom() {
		room("lock");
	}

	@Test
	void luceneIsUsedByDocumentsAlone() {
		check(classes().that()
			.resideInAPackage("dev.snapvec.internal.lucene")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify..", "org.apache.lucene..", "dev.snapvec.internal.lucene"));
		check(noClasses().that()
			.resideOutsideOfPackages("dev.snapvec.internal.lucene", "dev.snapvec.documents")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.apache.lucene..", "dev.snapvec.internal.lucene"));
	}

	@Test
	void scanDependsOnCodeAndRowsAlone() {
		room("scan", "code", "rows");
	}

	@Test
	void quantizeDependsOnCodeNumpyRowsScanAndTaskAlone() {
		room("quantize", "code", "numpy", "rows", "scan", "task");
	}

	@Test
	void fileDependsOnCodeAndRowsAlone() {
		room("file", "code", "rows");
	}

	@Test
	void captureDependsOnFileAndOfTheApiOnIndexesAlone() {
		check(classes().that()
			.resideInAPackage("dev.snapvec.internal.capture")
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.snapvec.internal.capture",
					"dev.snapvec.internal.file")
				.or(nameMatching("dev\\.snapvec\\.VectorIndex"))));
	}

	@Test
	void numberDependsOnTheApiAlone() {
		check(classes().that()
			.resideInAPackage("dev.snapvec.internal.number")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify..", "dev.snapvec.internal.number", "dev.snapvec"));
	}

	@Test
	void typesDependOnTheRoomsBelowAndOfTheApiOnSpecsAlone() {
		check(classes().that()
			.resideInAPackage("dev.snapvec.internal.type..")
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.snapvec.internal.type..",
					"dev.snapvec.internal.file", "dev.snapvec.internal.quantize", "dev.snapvec.internal.numpy",
					"dev.snapvec.internal.rows", "dev.snapvec.internal.scan", "dev.snapvec.internal.code",
					"dev.snapvec.internal.task")
				.or(nameMatching("dev\\.snapvec\\.(\\w+Spec|Similarity)"))));
	}

	@Test
	void specsDependOnNothingThatIsMadeOfThem() {
		check(noClasses().that()
			.haveNameMatching("dev\\.snapvec\\.\\w+Spec")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("dev.snapvec.internal.type..", "dev.snapvec.internal.file",
					"dev.snapvec.internal.quantize"));
	}

	@Test
	void theApiDoesNotDependOnTheStore() {
		check(noClasses().that()
			.resideInAPackage("dev.snapvec")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("dev.snapvec.store"));
	}

	@Test
	void theVectorApiIsUsedByTheClassesThatAreLoadedWhereItIs() {
		check(noClasses().that()
			.haveNameNotMatching("dev\\.snapvec\\.internal\\.scan\\.Vector(Kernel|ApiOps)")
			.should()
			.dependOnClassesThat()
			.resideInAPackage(VECTOR_API));
	}

	@Test
	void noStaticFieldKeepsWhatBelongsToAnIndex() {
		check(noFields().that()
			.areStatic()
			.should()
			.haveRawType(SearcherPool.class)
			.orShould()
			.haveRawType(Searcher.class)
			.orShould()
			.haveRawType(View.class));
	}

	@Test
	void thereAreNoCyclesOfPackages() {
		check(slices().matching("dev.snapvec.(**)").should().beFreeOfCycles());
	}

	@Test
	void namesSayWhatAClassIs() {
		check(classes().should()
			.haveSimpleNameNotEndingWith("Util")
			.andShould()
			.haveSimpleNameNotEndingWith("Utils")
			.andShould()
			.haveSimpleNameNotEndingWith("Helper")
			.andShould()
			.haveSimpleNameNotEndingWith("Manager")
			.andShould()
			.haveSimpleNameNotEndingWith("Impl"));
	}

	/** {@code DirectoryLock} is for other processes, and nothing is taken under it. */
	@Test
	void everyLockHasARank() {
		check(noClasses().that()
			.resideOutsideOfPackage("dev.snapvec.internal.lock")
			.and()
			.haveNameNotMatching("dev\\.snapvec\\.(HandleLock|store\\.DirectoryLock)(\\$.*)?")
			.should()
			.dependOnClassesThat()
			.belongToAnyOf(ReentrantLock.class, ReentrantReadWriteLock.class, StampedLock.class));
	}

	@Test
	void nothingLogsOrPrints() {
		check(noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging", "org.slf4j.."));
		check(noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err"));
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(CLASSES.stream()
			.map(JavaClass::getPackage)
			.distinct()
			.filter((each) -> !each.isAnnotatedWith(NullMarked.class))
			.map((each) -> each.getName())).isEmpty();
	}

	@Test
	void theModuleExportsItsPublicPackagesAlone() throws IOException {
		ModuleDescriptor module;
		try (InputStream file = Files.newInputStream(Path.of("target/classes/module-info.class"))) {
			module = ModuleDescriptor.read(file);
		}
		assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet()))
			.containsExactlyInAnyOrder("dev.snapvec", "dev.snapvec.documents", "dev.snapvec.store");
		assertThat(module.exports()).noneMatch(ModuleDescriptor.Exports::isQualified);
		assertThat(module.requires().stream().map(ModuleDescriptor.Requires::name))
			.containsExactlyInAnyOrder("java.base", "org.apache.lucene.core", "org.jspecify");
	}

}
