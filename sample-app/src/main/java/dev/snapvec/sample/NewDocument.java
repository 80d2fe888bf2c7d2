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
 * @param id a name of its own that fits into a URL, or null for one that is made up
 * @param title what it is about
 * @param text what it says
 */
record NewDocument(
		@Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
				message = "must be a letter or digit and at most 63 more of them, '.', '_' or '-'") @Nullable String id,
		@NotBlank @Size(max = 100, message = LENGTH) @Nullable String title,
		@NotBlank @Size(max = 2000, message = LENGTH) @Nullable String text) {

	private static final String LENGTH = "must be at most {max} characters long";

	/** The document as it is kept, once validation let it through. */
	Entry toEntry() {
		return new Entry((this.id != null) ? this.id : UUID.randomUUID().toString(),
				Objects.requireNonNull(this.title).strip(), Objects.requireNonNull(this.text).strip());
	}

}
