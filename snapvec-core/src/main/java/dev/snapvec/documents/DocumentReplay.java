package dev.snapvec.documents;

import java.io.Closeable;
import java.util.List;
import java.util.Objects;

import dev.snapvec.VectorIndex;
import dev.snapvec.internal.number.ReplayListener;
import org.jspecify.annotations.Nullable;

/**
 * Opens the documents of a snapshot and brings them up to date while the write-ahead log
 * is replayed. Confined to one thread.
 */
final class DocumentReplay implements ReplayListener, Closeable {

	private final DocumentDirectory directory;

	private @Nullable DocumentStore store;

	DocumentReplay(DocumentDirectory directory) {
		this.directory = directory;
	}

	@Override
	public void begin(VectorIndex index, long snapshot) {
		close();
		this.store = this.directory.open(index, snapshot);
	}

	private DocumentStore store() {
		return Objects.requireNonNull(this.store);
	}

	@Override
	public void put(String id, long number, byte[] payload, float @Nullable [] vector, long previous) {
		DocumentStore store = store();
		float[] kept = (vector != null || previous == 0) ? vector : kept(store, previous);
		store.restore(number, DocumentBytes.read(id, payload, kept));
		store.awaitRoom();
	}

	private static float @Nullable [] kept(DocumentStore store, long number) {
		try (DocumentView view = store.view()) {
			return view.vectors(List.of(number)).get(number);
		}
	}

	@Override
	public void gone(long number) {
		store().remove(number);
	}

	/**
	 * {@return the documents, which the caller closes from now on}
	 */
	DocumentStore take() {
		DocumentStore taken = (this.store != null) ? this.store : this.directory.create();
		this.store = null;
		return taken;
	}

	@Override
	public void close() {
		DocumentStore store = this.store;
		if (store != null) {
			this.store = null;
			store.close();
		}
	}

}
