package dev.snapvec.sample;

import java.net.URI;
import java.util.List;
import java.util.Locale;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Adds, shows and deletes documents.
 */
@RestController
@RequestMapping("/documents")
class DocumentController {

	private static final int SHOWN = 100;

	private final DocumentIndex documents;

	private final DocumentStore store;

	DocumentController(DocumentIndex documents, DocumentStore store) {
		this.documents = documents;
		this.store = store;
	}

	@GetMapping
	List<Entry> newest() {
		return this.store.newest(SHOWN);
	}

	@PostMapping
	ResponseEntity<Entry> add(@RequestBody @Valid NewDocument document) {
		Entry entry = document.toEntry();
		this.documents.add(entry);
		return ResponseEntity.created(URI.create("/documents/" + entry.id())).body(entry);
	}

	@GetMapping("/{id}")
	Entry find(@PathVariable String id) {
		return this.store.find(id).orElseThrow(() -> notFound(id));
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String id) {
		if (!this.documents.delete(id)) {
			throw notFound(id);
		}
	}

	private static ResponseStatusException notFound(String id) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND,
				String.format(Locale.ROOT, "document '%s' does not exist", id));
	}

}
