package dev.snapvec.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a run of the tests under a locale is one: in this JVM, and in those that
 * tests start.
 */
class LocaleTests {

	private static final Pattern LANGUAGE = Pattern.compile("-Duser\\.language=(\\w+)");

	@Test
	void theLanguageThatTheRunNamesIsTheDefaultHereAndInJvmsThatTestsStart() throws Exception {
		Matcher wanted = LANGUAGE.matcher(ChildJvm.ARGUMENTS);
		if (wanted.find()) {
			assertThat(Locale.getDefault().getLanguage()).isEqualTo(wanted.group(1));
		}
		Process child = ChildJvm.with(LocaleTests.class.getName()).start();
		assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(numbers());
		assertThat(child.waitFor()).isZero();
	}

	@Test
	void persianNumbersAreNotWrittenInAscii() {
		if (Locale.getDefault().getLanguage().equals("fa")) {
			assertThat(numbers()).isEqualTo("fa ۱۲۳ ۱۲۳");
		}
	}

	@Test
	void anApplicationFindsItsFilesAgainUnderALocaleThatHasDigitsOfItsOwn(@TempDir Path directory) throws IOException {
		Locale before = Locale.getDefault();
		Locale.setDefault(new Locale.Builder().setLanguage("fa").setRegion("IR").build());
		try {
			for (int run = 1; run <= 3; run++) {
				int rows = run;
				IndexRunner.in(directory)
					.withPropertyValues("snapvec.indexes.products.write-ahead-log.enabled=true")
					.run((context) -> {
						SafeIndex index = context.getBean("products", SafeIndex.class);
						assertThat(index.size()).isEqualTo(rows - 1);
						index.add("id-" + rows, IndexRunner.vector(rows));
						context.getBean(IndexSnapshots.class).write("products");
					});
			}
		}
		finally {
			Locale.setDefault(before);
		}
		try (Stream<Path> files = Files.list(directory.resolve("products"))) {
			assertThat(files.map((file) -> file.getFileName().toString())).contains("snapshot-0000000003.snapvec")
				.allMatch((name) -> name.matches("\\p{ASCII}+"));
		}
	}

	@Test
	void anApplicationRestoresFilesThatWereNamedInOtherDigits(@TempDir Path directory) throws IOException {
		IndexRunner.in(directory).run((context) -> IndexRunner.add(context.getBean(SafeIndex.class), 4));
		Path snapshot = directory.resolve("products/snapshot-0000000001.snapvec");
		Path other = Files.move(snapshot, snapshot.resolveSibling("snapshot-۰۰۰۰۰۰۰۰۰۱.snapvec"));
		IndexRunner.in(directory).run((context) -> assertThat(context.getBean(SafeIndex.class).size()).isEqualTo(4));
		assertThat(snapshot).exists();
		Files.write(other, new byte[10]);
		IndexRunner.in(directory)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(other.getFileName().toString())
				.hasStackTraceContaining("Move one of the two elsewhere"));
	}

	public static void main(String[] arguments) {
		byte[] numbers = numbers().getBytes(StandardCharsets.UTF_8);
		System.out.write(numbers, 0, numbers.length);
		System.out.flush();
	}

	private static String numbers() {
		Locale locale = Locale.getDefault(Locale.Category.FORMAT);
		return String.format(locale, "%s %d ", locale.getLanguage(), 123)
				+ NumberFormat.getInstance(locale).format(123);
	}

}
