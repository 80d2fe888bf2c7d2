package dev.snapvec.spring.boot.index;

import java.util.Locale;

import dev.snapvec.CorruptIndexException;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.definition.StartPolicy.OnDamage;

/**
 * Thrown if an index cannot be restored because its snapshots are damaged.
 * <p>
 * Internal: not for applications.
 */
public class CorruptSnapshotException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String index;

	private final boolean soundSought;

	CorruptSnapshotException(IndexDefinition definition, CorruptIndexException cause) {
		super(String.format(Locale.ROOT, "index '%s' cannot be restored: %s", definition.name(), cause.getMessage()),
				cause);
		this.index = definition.name();
		this.soundSought = definition.onDamage() == OnDamage.PREVIOUS;
	}

	public String index() {
		return this.index;
	}

	/**
	 * Whether an older state was looked for in vain.
	 */
	public boolean soundSought() {
		return this.soundSought;
	}

}
