package dev.snapvec.documents;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.snapvec.VectorIndex;
import dev.snapvec.internal.number.Numbers;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.Snapshot;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Where the documents of a store are: a directory beside its snapshots. Immutable.
 */
final class DocumentDirectory {

	private static final String NAME = "documents";

	private final IndexStore store;

	private final DocumentFields fields;

	DocumentDirectory(IndexStore store, DocumentOptions options) {
		this.store = store;
		this.fields = new DocumentFields(options.keepsVectors(), options::isIndexed, new StandardAnalyzer());
	}

	DocumentFields fields() {
		return this.fields;
	}

	private Path path() {
		return this.store.directory().resolve(NAME);
	}

	/**
	 * Opens the documents of a snapshot, or creates them if it names none.
	 */
	DocumentStore open(VectorIndex index, long snapshot) {
		long commit = Numbers.of(index).commit();
		Set<Long> others = snapshots();
		if (commit == 0) {
			return DocumentStore.create(path(), directory(), others, this.fields);
		}
		others.remove(snapshot);
		return DocumentStore.open(path(), directory(), commit, snapshot, others, this.fields);
	}

	/** Creates documents for a store without snapshots. */
	DocumentStore create() {
		return DocumentStore.create(path(), directory(), snapshots(), this.fields);
	}

	private Set<Long> snapshots() {
		return this.store.snapshots().stream().map(Snapshot::number).collect(Collectors.toCollection(HashSet::new));
	}

	private Directory directory() {
		return new DocumentErrors(path()).named("open the documents in", () -> new MMapDirectory(path()));
	}

}
