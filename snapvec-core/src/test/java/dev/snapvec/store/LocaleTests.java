package dev.snapvec.store;

import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

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
