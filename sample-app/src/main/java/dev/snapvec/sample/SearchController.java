package dev.snapvec.sample;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers queries.
 */
@RestController
class SearchController {

	private final Library library;

	SearchController(Library library) {
		this.library = library;
	}

	@GetMapping("/search")
	SearchResult search(@RequestParam @NotBlank @Size(max = 500) String q,
			@RequestParam(defaultValue = "10") @Min(1) @Max(100) int k) {
		return this.library.search(q.strip(), k);
	}

}
