package dev.snapvec.spring.boot.actuate.endpoint;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Parses the parameters of a request.
 */
final class RequestParameters {

	private RequestParameters() {
	}

	/** Parses an operation in every form that Spring Boot would accept. */
	static IndexOperation operation(@Nullable String text) {
		String operations = Stream.of(IndexOperation.values())
			.map((operation) -> operation.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.collect(Collectors.joining(", "));
		if (text == null) {
			throw invalid("operation must be one of " + operations + ", but is missing");
		}
		return Stream.of(IndexOperation.values())
			.filter((operation) -> letters(operation.name()).equals(letters(text)))
			.findFirst()
			.orElseThrow(() -> invalid(
					String.format(Locale.ROOT, "operation must be one of %s, but was '%s'", operations, text)));
	}

	private static String letters(String text) {
		return text.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
	}

	static @Nullable Integer samples(@Nullable String text) {
		try {
			return (text != null) ? Integer.valueOf(text.strip()) : null;
		}
		catch (NumberFormatException ex) {
			throw invalid(String.format(Locale.ROOT, "samples must be a whole number from 1 to %d, but was '%s'",
					SnapvecEndpoint.MOST_SAMPLES, text));
		}
	}

	static @Nullable Long seed(@Nullable String text) {
		try {
			return (text != null) ? Long.valueOf(text.strip()) : null;
		}
		catch (NumberFormatException ex) {
			throw invalid(String.format(Locale.ROOT, "seed must be a whole number, but was '%s'", text));
		}
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

}
