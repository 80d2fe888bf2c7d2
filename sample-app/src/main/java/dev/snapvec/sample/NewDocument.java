package dev.snapvec.sample;

import java.util.Objects;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A document to add.
 *
 * @param id a name of its own that fits into a URL
 * @param word what it is about
 * @param text what it says
 */
record NewDocument(
		@NotNull @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
				message = "must be a letter or digit and at most 63 more of them, '.', '_' or '-'") @Nullable String id,
		@NotBlank @Size(max = 100, message = LENGTH) @Nullable String word,
		@NotBlank @Size(max = 2000, message = LENGTH) @Nullable String text) {

	private static final String LENGTH = "must be at most {max} characters long";

	/** The document as it is kept, once validation let it through. */
	Entry toEntry() {
		return new Entry(Objects.requireNonNull(this.id), Objects.requireNonNull(this.word).strip(),
				Objects.requireNonNull(this.text).strip());
	}

}
