package dev.snapvec.spring.boot.autoconfigure;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * A property as it was found: its full key, so that a message can name it, and its value.
 *
 * @param <T> the type of the value
 * @param key the full key
 * @param value the value; null if it is not set
 */
record Setting<T>(String key, @Nullable T value) {

	T orElse(T other) {
		return (this.value != null) ? this.value : other;
	}

	/**
	 * Passes on the value, if there is one; if it is rejected, the message becomes the
	 * reason.
	 */
	void ifSet(Consumer<T> consumer) {
		T value = this.value;
		if (value != null) {
			check(() -> {
				consumer.accept(value);
				return value;
			});
		}
	}

	<R> R required(String meaning, Function<T, R> function) {
		T value = this.value;
		if (value == null) {
			throw invalid("it is required: " + meaning);
		}
		return check(() -> function.apply(value));
	}

	<R> R check(Supplier<R> supplier) {
		try {
			return supplier.get();
		}
		catch (IllegalArgumentException ex) {
			throw invalid(Objects.requireNonNullElse(ex.getMessage(), ex.toString()));
		}
	}

	void require(boolean valid, String reason) {
		if (!valid) {
			throw invalid(reason);
		}
	}

	InvalidConfigurationPropertyValueException invalid(String reason) {
		return new InvalidConfigurationPropertyValueException(this.key, this.value, Reason.of(reason));
	}

}
