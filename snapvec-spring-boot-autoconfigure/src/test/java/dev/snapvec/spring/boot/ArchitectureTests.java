package dev.snapvec.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rules that Spring Boot's own modules keep.
 */
@AnalyzeClasses(packages = ArchitectureTests.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	static final String BASE = "dev.snapvec.spring.boot";

	/** Packages that are not for applications; each uses only those before it. */
	private static final List<String> ROOMS = List.of("config", "observation", "cache", "definition", "index",
			"population", "tenant", "lifecycle", "diagnostics");

	private static final DescribedPredicate<JavaMember> DEFAULT_CONSTRUCTORS = DescribedPredicate.describe(
			"default constructors",
			(member) -> member instanceof JavaConstructor constructor && constructor.getRawParameterTypes().isEmpty());

	@ArchTest
	static final ArchRule autoConfigurationsArePublicAndFinal = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.andShould()
		.haveSimpleNameEndingWith("AutoConfiguration");

	@ArchTest
	static final ArchRule autoConfigurationsHaveNoPublicMembers = members().that()
		.areDeclaredInClassesThat()
		.areMetaAnnotatedWith(Configuration.class)
		.and(DescribedPredicate.not(DEFAULT_CONSTRUCTORS))
		.should()
		.notBePublic();

	@ArchTest
	static final ArchRule otherConfigurationsAreNotPublic = classes().that()
		.areAnnotatedWith(Configuration.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule beanMethodsArePackagePrivate = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule conditionsOnClassesAreNotOnBeanMethods = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.notBeAnnotatedWith(ConditionalOnClass.class)
		.andShould()
		.notBeAnnotatedWith(ConditionalOnMissingClass.class);

	@ArchTest
	static final ArchRule beansThatOthersCanMakeBackOff = methods().that()
		.areAnnotatedWith(Bean.class)
		.and()
		.haveRawReturnType(DescribedPredicate.describe("of a public type or one that has a public type",
				ArchitectureTests::canBeMadeByOthers))
		.should(ArchCondition.from(DescribedPredicate.describe("back off, or be in a class that does",
				(method) -> method.isAnnotatedWith(ConditionalOnMissingBean.class)
						|| method.getOwner().isAnnotatedWith(ConditionalOnMissingBean.class))));

	private static boolean canBeMadeByOthers(JavaClass type) {
		return Stream.concat(Stream.of(type), type.getAllRawInterfaces().stream())
			.anyMatch((each) -> each.getPackageName().startsWith(BASE) && !isInternal(each)
					&& each.getModifiers().contains(JavaModifier.PUBLIC));
	}

	private static boolean isInternal(JavaClass type) {
		return ROOMS.stream().anyMatch((room) -> type.getPackageName().equals(BASE + "." + room));
	}

	@ArchTest
	static final ArchRule whatApplicationsUseKnowsNothingOfWhatIsInternal = noClasses().that()
		.resideInAnyPackage(BASE, BASE + ".event..", BASE + ".actuate..", BASE + ".health..", BASE + ".metrics..")
		.should()
		.dependOnClassesThat(DescribedPredicate.describe("are internal", ArchitectureTests::isInternal));

	@ArchTest
	static final ArchRule publicMethodsShowNothingThatIsInternal = methods().that()
		.arePublic()
		.and()
		.areDeclaredInClassesThat(DescribedPredicate.describe("are public and not internal",
				(type) -> type.getModifiers().contains(JavaModifier.PUBLIC) && !isInternal(type)))
		.should()
		.notHaveRawReturnType(DescribedPredicate.describe("internal", ArchitectureTests::isInternal));

	@ArchTest
	static void everyRoomUsesThoseBeforeItOnly(JavaClasses classes) {
		for (int i = 0; i < ROOMS.size(); i++) {
			String room = BASE + "." + ROOMS.get(i);
			List<String> later = ROOMS.subList(i + 1, ROOMS.size());
			noClasses().that()
				.resideInAPackage(room)
				.should()
				.dependOnClassesThat(DescribedPredicate.describe("are in a later room",
						(type) -> later.stream().anyMatch((each) -> type.getPackageName().equals(BASE + "." + each))))
				.check(classes);
		}
	}

	@Test
	void noPackageHasMoreThan25Files() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			assertThat(files.filter(Files::isRegularFile)
				.collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
				.allSatisfy((directory, count) -> assertThat(count).as(directory.toString()).isLessThanOrEqualTo(25));
		}
	}

	@ArchTest
	static final ArchRule conditionsAreNotPublic = classes().that()
		.areAssignableTo(Condition.class)
		.should()
		.notBePublic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = SlicesRuleDefinition.slices()
		.assignedFrom(new PackageSlices())
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule theEngineIsUsedThroughItsApi = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("dev.snapvec.internal..");

	@ArchTest
	static final ArchRule namesSayWhatAClassIs = noClasses().should()
		.haveSimpleNameEndingWith("Impl")
		.orShould()
		.haveNameMatching(".*(Util|Utils|Helper|Manager)");

	@Test
	void allAutoConfigurationsAreImportedInOrder() {
		JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages(BASE);
		List<String> annotated = classes.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.toList();
		List<String> imported = StreamSupport
			.stream(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).spliterator(), false)
			.filter((name) -> name.startsWith(BASE))
			.toList();
		assertThat(imported).isSorted().containsExactlyInAnyOrderElementsOf(annotated);
	}

	private static final class PackageSlices implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			return SliceIdentifier.of(type.getPackageName());
		}

		@Override
		public String getDescription() {
			return "packages";
		}

	}

}
