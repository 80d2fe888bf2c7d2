package dev.snapvec.sample;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Searches an index.
 */
@RestController
class SearchController {

	private static final String LENGTH = "must be at most {max} characters long";

	private static final String RANGE = "must be between 1 and 100";

	private final Library library;

	SearchController(Library library) {
		this.library = library;
	}

	@GetMapping("/search")
	SearchResult search(@RequestParam @NotBlank @Size(max = 500, message = LENGTH) String q,
			@RequestParam(defaultValue = "10") @Min(value = 1, message = RANGE) @Max(value = 100,
					message = RANGE) int k,
			@RequestParam(defaultValue = Indexes.WORDNET) String index) {
		return this.library.search(index, q.strip(), k);
	}

}
