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
 * An index as it is configured: valid, and with everything inherited. Immutable.
 * <p>
 * Internal: not for applications.
 *
 * @param name its name
 * @param template what it is configured as, which for the index of a tenant is not its
 * name
 * @param directory where its files are
 * @param inMemory whether it is in memory only, as all are
 * @param blueprint how it is made
 * @param start what happens to it when the application starts
 * @param snapshots when it is saved
 * @param log whether its changes are recorded
 * @param follow whether another process writes it
 * @param cache whether results of searches are cached
 */
public record IndexDefinition(String name, String template, Path directory, boolean inMemory, IndexBlueprint blueprint,
		StartPolicy start, SnapshotPolicy snapshots, LogPolicy log, FollowPolicy follow, CachePolicy cache) {

	/** The attribute that names the model of the vectors. */
	public static final String MODEL = "model";

	/** The index of a tenant, whose name is that of a directory. */
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

	/** What a snapshot must agree with, and an index that takes the place of another. */
	public IndexTraits traits() {
		return this.blueprint.traits();
	}

	/**
	 * The model to note of an index from before it was configured; null if there is none.
	 */
	public @Nullable String modelToAdopt(VectorIndex restored) {
		return restored.attributes().containsKey(MODEL) ? null : this.blueprint.model();
	}

	/** Whether it has a directory, its own or that of the process that it follows. */
	public boolean hasDirectory() {
		return writesSnapshots() || follows();
	}

	/** Whether it is in memory only, as all are. */
	public boolean isInMemory() {
		return this.inMemory;
	}

	/** Why nothing is saved: what sets that. */
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

	/** When snapshots are written, by the clock or with a pause in between. */
	public Trigger snapshotTrigger() {
		return this.snapshots.trigger();
	}

	public boolean writesSnapshotOnShutdown() {
		return writesSnapshots() && this.snapshots.onShutdown();
	}

	public int snapshotsRetained() {
		return this.snapshots.retained();
	}

	/** Whether every change is recorded. */
	public boolean logs() {
		return this.log.enabled();
	}

	/** When what is recorded is forced to disk. */
	public LogSync logSync() {
		return this.log.sync();
	}

	/** Whether another process writes it, and this one loads what that saves. */
	public boolean follows() {
		return this.follow.enabled();
	}

	/** When a follower looks for newer snapshots. */
	public Trigger reloadTrigger() {
		return this.follow.trigger();
	}

}
