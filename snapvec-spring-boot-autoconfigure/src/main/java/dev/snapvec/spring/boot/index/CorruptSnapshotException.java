package dev.snapvec.spring.boot.index;

import java.util.Locale;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.spring.boot.definition.IndexDefinition;

/**
 * Thrown if an index cannot be restored because its snapshots are damaged.
 * <p>
 * Internal: not for applications.
 */
public class CorruptSnapshotException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String index;

	CorruptSnapshotException(IndexDefinition definition, CorruptIndexException cause) {
		super(String.format(Locale.ROOT, "index '%s' cannot be restored: %s", definition.name(), cause.getMessage()),
				cause);
		this.index = definition.name();
	}

	public String index() {
		return this.index;
	}

}
