package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.scheduling.support.CronTrigger;
import org.springframework.scheduling.support.PeriodicTrigger;

import dev.snapvec.IndexBuilder;
import dev.snapvec.IndexIoException;
import dev.snapvec.LoadOptions;
import dev.snapvec.VectorIndex;
import dev.snapvec.spring.boot.SnapvecIndexCustomizer;
import dev.snapvec.store.IndexStore;
import dev.snapvec.store.LogSync;

/**
 * An index as it is configured: valid, and with everything inherited.
 */
final class IndexDefinition {

	private static final Log logger = LogFactory.getLog(IndexDefinition.class);

	/** The attribute that names the model of the vectors. */
	static final String MODEL = "model";

	private static final Duration INTERVAL = Duration.ofMinutes(5);

	private static final int RETAIN = 3;

	private static final Duration LOG_INTERVAL = Duration.ofSeconds(1);

	private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(10);

	private static final long CACHED_HITS = 10_000;

	private static final Duration CACHED_FOR = Duration.ofMinutes(10);

	private final String name;

	private final String template;

	private final Path directory;

	private final InheritedSettings settings;

	private final IndexFactory<?> factory;

	private final List<SnapvecIndexCustomizer> customizers;

	private final boolean inMemory;

	private final IndexTraits traits;

	private final LoadOptions loadOptions;

	IndexDefinition(String name, Path parent, boolean inMemory, InheritedSettings settings,
			List<SnapvecIndexCustomizer> customizers) {
		this.name = name;
		this.template = name;
		this.directory = parent.resolve(name);
		this.inMemory = inMemory;
		this.settings = settings;
		this.customizers = customizers;
		IndexType type = settings.type().orElse(IndexType.SNAP);
		this.factory = type.factory();
		settings.requireOnly(this.factory.properties(), type);
		IndexBuilder<?> configured = newBuilder();
		this.traits = new IndexTraits(settings, configured.spec(), configured.attributes().get(MODEL));
		this.loadOptions = configured.loadOptions();
		validate();
	}

	private IndexDefinition(IndexDefinition template, String tenant) {
		this.name = template.name + "/" + tenant;
		this.template = template.name;
		this.directory = template.directory.resolve(tenant);
		this.settings = template.settings;
		this.customizers = template.customizers;
		this.factory = template.factory;
		this.inMemory = template.inMemory;
		this.traits = template.traits;
		this.loadOptions = template.loadOptions;
	}

	/** The index of a tenant, whose name is that of a directory. */
	IndexDefinition forTenant(String tenant) {
		return new IndexDefinition(this, tenant);
	}

	private void validate() {
		validateInMemory();
		this.settings.throwIfIntervalAndCron();
		DurationRange.PAUSE.require(this.settings.snapshotInterval());
		this.settings.snapshotCron().ifSet(IndexDefinition::requireToComeUp);
		DurationRange.WAIT.require(this.settings.snapshotJitter());
		Setting<Integer> retain = this.settings.snapshotRetain();
		retain.require(snapshotsRetained() >= 1, "it must be at least 1");
		validateFollower();
		validateLog();
		DurationRange.WAIT.require(this.settings.lockTimeout());
		this.settings.cacheMaximumSize().require(cachedHits() >= 1, "it must be at least 1");
		DurationRange.PAUSE.require(this.settings.cacheExpireAfterWrite());
	}

	private static void requireToComeUp(String cron) {
		if (CronExpression.parse(cron).next(LocalDateTime.now(ZoneOffset.UTC)) == null) {
			throw new IllegalArgumentException("no date matches it");
		}
	}

	private void validateInMemory() {
		refuseInMemory(this.settings.logEnabled());
		refuseInMemory(this.settings.reloadEnabled());
		refuseInMemory(this.settings.snapshotEnabled());
	}

	private void refuseInMemory(Setting<Boolean> setting) {
		setting.require(!this.inMemory || !Boolean.TRUE.equals(setting.value()), String.format(Locale.ROOT,
				"an index in memory has no files, and %s is true", SnapvecProperties.IN_MEMORY));
	}

	private void validateLog() {
		Setting<IndexProperties.Sync> sync = this.settings.logSync();
		Setting<Duration> interval = this.settings.logInterval();
		interval.require(interval.value() == null || sync.value() == IndexProperties.Sync.INTERVAL,
				String.format(Locale.ROOT, "it is for a log with %s set to \"interval\"", sync.key()));
		DurationRange.PAUSE.require(interval);
		this.settings.logEnabled()
			.require(!logs() || writesSnapshots(), String.format(Locale.ROOT,
					"a log begins with a snapshot, and %s is false", this.settings.snapshotEnabled().key()));
	}

	/** A frozen index takes no changes that a log could record. */
	void requireChangesToRecord() {
		Setting<IndexProperties.Freeze> freeze = this.settings.freeze();
		if (logs() && freezesOnReady()) {
			String log = this.settings.logEnabled().key();
			freeze.require(freeze.value() == null, String.format(Locale.ROOT,
					"an index that is frozen takes no changes to record, and %s is true; set one of them otherwise",
					log));
			logger.warn(String.format(Locale.ROOT,
					"Index '%s' is frozen once the application is ready and takes no changes to record, though %s is true;"
							+ " set %s to manual to change it while the application runs",
					this.name, log, freeze.key()));
		}
	}

	private void validateFollower() {
		DurationRange.PAUSE.require(this.settings.reloadInterval());
		refuseForFollower(this.settings.snapshotEnabled(), true);
		refuseForFollower(this.settings.logEnabled(), true);
		refuseForFollower(this.settings.freeze(), IndexProperties.Freeze.MANUAL);
	}

	private <T> void refuseForFollower(Setting<T> setting, T value) {
		setting.require(!follows() || !value.equals(setting.value()),
				String.format(Locale.ROOT, "an index that follows another process is not written here, and %s is true",
						this.settings.reloadEnabled().key()));
	}

	String name() {
		return this.name;
	}

	/** What it is configured as, which for the index of a tenant is not its name. */
	String template() {
		return this.template;
	}

	boolean isTenant() {
		return !this.name.equals(this.template);
	}

	/** The key of one of its properties. */
	String key(String key) {
		return this.settings.key(key);
	}

	/** Refuses what indexes that come and go cannot have. */
	void requireUsableByTenants() {
		this.settings.reloadEnabled().require(!follows(), "tenants have indexes that are written here");
		this.settings.snapshotEnabled()
			.require(writesSnapshots() || this.inMemory, "what a tenant's index holds is saved when it is closed");
		this.settings.cacheEnabled().require(!mustCacheItself(), "answers of tenants' indexes are not remembered");
	}

	private boolean mustCacheItself() {
		return mustCache() && this.settings.cacheEnabled().key().equals(key("cache.enabled"));
	}

	Path directory() {
		return this.directory;
	}

	/** Opens its directory for writing. */
	IndexStore openStore() {
		try {
			return IndexStore.open(this.directory, snapshotsRetained(), lockTimeout());
		}
		catch (IndexIoException ex) {
			throw new UnusableDirectoryException(this, ex);
		}
	}

	VectorIndex newIndex() {
		return newBuilder().build();
	}

	private IndexBuilder<?> newBuilder() {
		return this.factory.builder(this.settings,
				(builder) -> this.customizers.forEach((customizer) -> customize(customizer, builder)));
	}

	/** What it throws may be explained without its stack trace. */
	private void customize(SnapvecIndexCustomizer customizer, IndexBuilder<?> builder) {
		try {
			customizer.customize(this.template, builder);
		}
		// A customizer may throw anything; what it threw is the cause.
		catch (RuntimeException ex) {
			String message = String.format(Locale.ROOT, "customizer %s failed to customize index '%s': %s",
					customizer.getClass().getName(), this.template, ex);
			logger.error(message, ex);
			throw new IllegalStateException(message, ex);
		}
	}

	LoadOptions loadOptions() {
		return this.loadOptions;
	}

	/** What a snapshot must agree with, and an index that takes the place of another. */
	IndexTraits traits() {
		return this.traits;
	}

	/** The model of the vectors, if it is configured. */
	Setting<String> model() {
		return this.settings.model();
	}

	/**
	 * The model to note of an index from before it was configured; null if there is none.
	 */
	@Nullable String modelToAdopt(VectorIndex restored) {
		return restored.attributes().containsKey(MODEL) ? null : this.settings.model().value();
	}

	/** Whether it has a directory, its own or that of the process that it follows. */
	boolean hasDirectory() {
		return writesSnapshots() || follows();
	}

	/** Whether it is in memory only, as all are. */
	boolean isInMemory() {
		return this.inMemory;
	}

	/** Why nothing is saved: what sets that. */
	String snapshotsTurnedOffBy() {
		return this.inMemory ? SnapvecProperties.IN_MEMORY + " is true"
				: this.settings.snapshotEnabled().key() + " is false";
	}

	String reloadKey() {
		return this.settings.reloadEnabled().key();
	}

	boolean populatesBeforeReady() {
		return this.settings.populate()
			.orElse(IndexProperties.Populate.ON_START) == IndexProperties.Populate.BEFORE_READY;
	}

	boolean freezesOnReady() {
		return this.settings.freeze().orElse(IndexProperties.Freeze.ON_READY) == IndexProperties.Freeze.ON_READY;
	}

	IndexProperties.OnFailure onFailure() {
		return this.settings.restoreOnFailure().orElse(IndexProperties.OnFailure.FAIL);
	}

	boolean writesSnapshots() {
		return !this.inMemory && !follows() && this.settings.snapshotEnabled().orElse(true);
	}

	Duration snapshotInterval() {
		return this.settings.snapshotInterval().orElse(INTERVAL);
	}

	/** When snapshots are written, by the clock or with a pause in between. */
	Trigger snapshotTrigger() {
		String cron = this.settings.snapshotCron().value();
		return new JitterTrigger((cron != null) ? new CronTrigger(cron) : pause(snapshotInterval()), snapshotJitter());
	}

	private static Trigger pause(Duration pause) {
		PeriodicTrigger trigger = new PeriodicTrigger(pause);
		trigger.setInitialDelay(pause);
		return trigger;
	}

	private Duration snapshotJitter() {
		return this.settings.snapshotJitter().orElse(Duration.ZERO);
	}

	boolean writesSnapshotOnShutdown() {
		return writesSnapshots() && this.settings.snapshotOnShutdown().orElse(true);
	}

	int snapshotsRetained() {
		return this.settings.snapshotRetain().orElse(RETAIN);
	}

	Duration lockTimeout() {
		return this.settings.lockTimeout().orElse(Duration.ZERO);
	}

	/** Whether every change is recorded. */
	boolean logs() {
		return this.settings.logEnabled().orElse(false);
	}

	/** When what is recorded is forced to disk. */
	LogSync logSync() {
		return switch (this.settings.logSync().orElse(IndexProperties.Sync.ALWAYS)) {
			case ALWAYS -> LogSync.always();
			case INTERVAL -> LogSync.every(this.settings.logInterval().orElse(LOG_INTERVAL));
			case NEVER -> LogSync.never();
		};
	}

	/** Whether another process writes it, and this one loads what that saves. */
	boolean follows() {
		return this.settings.reloadEnabled().orElse(false);
	}

	private Duration reloadInterval() {
		return this.settings.reloadInterval().orElse(RELOAD_INTERVAL);
	}

	/** When a follower looks for newer snapshots. */
	Trigger reloadTrigger() {
		return pause(reloadInterval());
	}

	boolean caches() {
		return this.settings.cacheEnabled().orElse(true);
	}

	/**
	 * Whether the application says that it caches, rather than leaving it to Caffeine.
	 */
	boolean mustCache() {
		return this.settings.cacheEnabled().orElse(false);
	}

	long cachedHits() {
		return this.settings.cacheMaximumSize().orElse(CACHED_HITS);
	}

	Duration cachedFor() {
		return this.settings.cacheExpireAfterWrite().orElse(CACHED_FOR);
	}

}
