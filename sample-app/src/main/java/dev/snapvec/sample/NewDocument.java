package dev.snapvec.sample;

import java.util.Objects;
import java.util.UUID;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A document to add.
 *
 * @param id an id that is valid in a URL, or null to generate one
 * @param title its title
 * @param text its text
 */
record NewDocument(@Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
		message = "must be 1 to 64 letters, digits, '.', '_' and '-', and begin with a letter or digit") @Nullable String id,
		@NotBlank @Size(max = 100, message = LENGTH) @Nullable String title,
		@NotBlank @Size(max = 2000, message = LENGTH) @Nullable String text) {

	private static final String LENGTH = "must be at most {max} characters long";

	/** Returns the document to store; only for a validated one. */
	Entry toEntry() {
		return new Entry((this.id != null) ? this.id : UUID.randomUUID().toString(),
				Objects.requireNonNull(this.title).strip(), Objects.requireNonNull(this.text).strip());
	}

}
