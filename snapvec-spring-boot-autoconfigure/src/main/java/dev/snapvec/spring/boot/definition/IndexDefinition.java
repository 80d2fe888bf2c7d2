package dev.snapvec.spring.boot.definition;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;

import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.cache.CachePolicy;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogSync;

/**
 * An index as it is configured: validated, with all inherited settings. Immutable.
 * <p>
 * Internal: not for applications.
 *
 * @param name its name
 * @param template the name under which it is configured; for the index of a tenant not
 * its own name
 * @param directory the directory of its files
 * @param inMemory whether all indexes are in memory only
 * @param blueprint how it is built
 * @param start what happens to it when the application starts
 * @param snapshots whether and when it is saved
 * @param log whether its changes are recorded
 * @param follow whether another process writes it
 * @param cache whether search results are cached
 */
public record IndexDefinition(String name, String template, Path directory, boolean inMemory, IndexBlueprint blueprint,
		StartPolicy start, SnapshotPolicy snapshots, LogPolicy log, FollowPolicy follow, CachePolicy cache) {

	/** The attribute that names the model of the vectors. */
	public static final String MODEL = "model";

	/**
	 * Returns the definition of the index of a tenant, whose name is also that of a
	 * directory.
	 */
	public IndexDefinition forTenant(String tenant) {
		return new IndexDefinition(this.name + "/" + tenant, this.template, this.directory.resolve(tenant),
				this.inMemory, this.blueprint, this.start, this.snapshots, this.log, this.follow, this.cache);
	}

	public boolean isTenant() {
		return !this.name.equals(this.template);
	}

	/** Opens its directory for writing. */
	public IndexStore openStore() {
		try {
			return IndexStore.open(this.directory, this.snapshots.retained(), this.snapshots.lockTimeout());
		}
		catch (IndexIoException ex) {
			throw new UnusableDirectoryException(this, ex);
		}
	}

	public VectorIndex newIndex() {
		return this.blueprint.maker().get();
	}

	public LoadOptions loadOptions() {
		return this.blueprint.loadOptions();
	}

	/** What a snapshot must match, and an index that replaces another. */
	public IndexTraits traits() {
		return this.blueprint.traits();
	}

	/**
	 * The model to set on an index that was saved before one was configured; null if
	 * there is none.
	 */
	public @Nullable String modelToAdopt(VectorIndex restored) {
		return restored.attributes().containsKey(MODEL) ? null : this.blueprint.model();
	}

	/** Whether it has a directory, its own or that of the process it follows. */
	public boolean hasDirectory() {
		return writesSnapshots() || follows();
	}

	/** Whether all indexes are in memory only. */
	public boolean isInMemory() {
		return this.inMemory;
	}

	/** The setting that disables snapshots. */
	public String snapshotsTurnedOffBy() {
		return this.snapshots.disabledBy();
	}

	public String reloadKey() {
		return this.follow.key();
	}

	public boolean populatesBeforeReady() {
		return this.start.populatesBeforeReady();
	}

	public boolean freezesOnReady() {
		return this.start.freezesOnReady();
	}

	public StartPolicy.OnDamage onDamage() {
		return this.start.onDamage();
	}

	public boolean writesSnapshots() {
		return this.snapshots.enabled();
	}

	/** When snapshots are written: on a cron schedule or at an interval. */
	public Trigger snapshotTrigger() {
		return this.snapshots.trigger();
	}

	public boolean writesSnapshotOnShutdown() {
		return writesSnapshots() && this.snapshots.onShutdown();
	}

	public int snapshotsRetained() {
		return this.snapshots.retained();
	}

	/** Whether changes are recorded in a write-ahead log. */
	public boolean logs() {
		return this.log.enabled();
	}

	/** When records of changes are forced to disk. */
	public LogSync logSync() {
		return this.log.sync();
	}

	/** Whether another process writes it and this one loads its snapshots. */
	public boolean follows() {
		return this.follow.enabled();
	}

	/** When a follower checks for newer snapshots. */
	public Trigger reloadTrigger() {
		return this.follow.trigger();
	}

}
