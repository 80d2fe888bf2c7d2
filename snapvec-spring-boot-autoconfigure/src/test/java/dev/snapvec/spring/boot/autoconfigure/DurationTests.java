package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DurationRange} and schedules.
 */
class DurationTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "snapvec.indexes.products.snapshot.interval", "snapvec.defaults.snapshot.interval",
			"snapvec.indexes.products.reload.interval", "snapvec.indexes.products.write-ahead-log.interval",
			"snapvec.indexes.products.cache.expire-after-write", "snapvec.tenants.documents.expire-after-access",
			"snapvec.tenants.documents.snapshot.interval" })
	void aPauseIsBetweenAMillisecondAndAHundredYears(String key) {
		for (String value : new String[] { "0s", "-1s", "1ns", "999us", "300000d", "36501d", "PT2562047788015H" }) {
			refuse(key, value, "1ms to 36500d");
		}
		accept(key, "1ms");
		accept(key, "36500d");
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapvec.indexes.products.lock-timeout", "snapvec.defaults.lock-timeout",
			"snapvec.indexes.products.snapshot.jitter", "snapvec.tenants.documents.lock-timeout" })
	void aWaitIsBetweenNothingAndAHundredYears(String key) {
		for (String value : new String[] { "-1ns", "-1s", "300000d", "36501d", "PT2562047788015H" }) {
			refuse(key, value, "0s to 36500d");
		}
		accept(key, "0s");
		accept(key, "36500d");
	}

	private void refuse(String key, String value, String range) {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.tenants.documents.dimension=8",
					"snapvec.indexes.products.write-ahead-log.sync=interval", key + "=" + value)
			.run((context) -> assertThat(context).as(value)
				.getFailure()
				.hasStackTraceContaining("Property " + key + " with value '")
				.hasStackTraceContaining("t must be from " + range + "."));
	}

	private void accept(String key, String value) {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.tenants.documents.dimension=8",
					"snapvec.indexes.products.write-ahead-log.sync=interval", key + "=" + value)
			.run((context) -> assertThat(context).as(value).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			every day        | must consist of 6 fields
			0 0 0 31 2 *     | no date matches it
			99 * * * * *     | valid values 0 - 59
			""")
	void aScheduleThatNeverComesUpIsRefusedWithItsKey(String cron, String reason) {
		IndexRunner.in(this.directory)
			.withPropertyValues("snapvec.indexes.products.snapshot.cron=" + cron)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"Property snapvec.indexes.products.snapshot.cron with value '" + cron + "' is invalid")
				.hasStackTraceContaining(reason.substring(1)));
	}

}
