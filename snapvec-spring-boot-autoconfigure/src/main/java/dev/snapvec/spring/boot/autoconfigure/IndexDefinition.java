package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.scheduling.support.CronTrigger;
import org.springframework.scheduling.support.PeriodicTrigger;

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

	IndexDefinition(String name, Path parent, InheritedSettings settings, List<SnapvecIndexCustomizer> customizers) {
		this.name = name;
		this.template = name;
		this.directory = parent.resolve(name);
		this.settings = settings;
		this.customizers = customizers;
		IndexType type = settings.type().orElse(IndexType.SNAP);
		this.factory = type.factory();
		settings.requireOnly(this.factory.properties(), type);
		validate();
	}

	private IndexDefinition(IndexDefinition template, String tenant) {
		this.name = template.name + "/" + tenant;
		this.template = template.name;
		this.directory = template.directory.resolve(tenant);
		this.settings = template.settings;
		this.customizers = template.customizers;
		this.factory = template.factory;
	}

	/** The index of a tenant, whose name is that of a directory. */
	IndexDefinition forTenant(String tenant) {
		return new IndexDefinition(this, tenant);
	}

	private void validate() {
		newIndex();
		this.settings.throwIfIntervalAndCron();
		Setting<Duration> interval = this.settings.snapshotInterval();
		interval.require(snapshotInterval().compareTo(Duration.ZERO) > 0, "it must be longer than zero");
		this.settings.snapshotCron().ifSet(CronExpression::parse);
		this.settings.snapshotJitter().require(!snapshotJitter().isNegative(), "it must not be negative");
		Setting<Integer> retain = this.settings.snapshotRetain();
		retain.require(snapshotsRetained() >= 1, "it must be at least 1");
		validateFollower();
		validateLog();
		this.settings.lockTimeout().require(!lockTimeout().isNegative(), "it must not be negative");
		this.settings.cacheMaximumSize().require(cachedHits() >= 1, "it must be at least 1");
		this.settings.cacheExpireAfterWrite()
			.require(cachedFor().compareTo(Duration.ZERO) > 0, "it must be longer than zero");
	}

	private void validateLog() {
		Setting<IndexProperties.Sync> sync = this.settings.logSync();
		Setting<Duration> interval = this.settings.logInterval();
		interval.require(interval.value() == null || sync.value() == IndexProperties.Sync.INTERVAL,
				String.format(Locale.ROOT, "it is for a log with %s set to \"interval\"", sync.key()));
		interval.check(() -> LogSync.every(interval.orElse(LOG_INTERVAL)));
		this.settings.logEnabled()
			.require(!logs() || writesSnapshots(), String.format(Locale.ROOT,
					"a log begins with a snapshot, and %s is false", this.settings.snapshotEnabled().key()));
	}

	private void validateFollower() {
		this.settings.reloadInterval()
			.require(reloadInterval().compareTo(Duration.ZERO) > 0, "it must be longer than zero");
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
			.require(writesSnapshots(), "what a tenant's index holds is saved when it is closed");
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
		return this.factory.create(this.settings,
				(builder) -> this.customizers.forEach((customizer) -> customizer.customize(this.template, builder)));
	}

	LoadOptions loadOptions() {
		return LoadOptions.like(newIndex());
	}

	/** What a snapshot must agree with. */
	List<IndexTrait> traits() {
		List<IndexTrait> traits = new ArrayList<>();
		traits.add(new IndexTrait("type", (index) -> IndexType.of(index).value()));
		traits.add(new IndexTrait("dimension", VectorIndex::dimension));
		traits.add(IndexTrait.parameter("seed", "seed"));
		traits.add(IndexTrait.parameter("normalized", "normalized"));
		traits.addAll(this.factory.traits());
		traits.add(IndexTrait.attribute("model", MODEL));
		return traits;
	}

	/** A snapshot from before the model was configured does not name it yet. */
	void addModel(VectorIndex restored) {
		this.settings.model().ifSet((model) -> {
			Map<String, String> attributes = new LinkedHashMap<>(restored.attributes());
			attributes.put(MODEL, model);
			restored.attributes(attributes);
		});
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
		return !follows() && this.settings.snapshotEnabled().orElse(true);
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

	/** Refuses that somebody fills it. */
	void refusePopulator(String bean) {
		this.settings.reloadEnabled()
			.require(!follows(), String.format(Locale.ROOT,
					"bean '%s' populates the index, which only follows another process; have its method populates"
							+ " return false for '%s', or leave the bean out where the index is followed",
					bean, this.name));
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
