package dev.snapvec.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.scheduling.support.CronExpression;

import dev.snapvec.IndexBuilder;
import dev.snapvec.spring.boot.SnapvecIndexCustomizer;
import dev.snapvec.spring.boot.cache.CachePolicy;
import dev.snapvec.spring.boot.config.PropertyKeys;
import dev.snapvec.spring.boot.definition.FollowPolicy;
import dev.snapvec.spring.boot.definition.IndexBlueprint;
import dev.snapvec.spring.boot.definition.IndexDefinition;
import dev.snapvec.spring.boot.definition.IndexTraits;
import dev.snapvec.spring.boot.definition.LogPolicy;
import dev.snapvec.spring.boot.definition.SnapshotPolicy;
import dev.snapvec.spring.boot.definition.StartPolicy;
import dev.snapvec.spring.boot.tenant.TenantDefinition;
import dev.snapvec.store.LogSync;

/**
 * Reads the definition of one index from the properties: applies defaults, and rejects
 * invalid values by the key that sets them.
 */
final class DefinitionReader {

	private static final Log logger = LogFactory.getLog(DefinitionReader.class);

	private static final Duration INTERVAL = Duration.ofMinutes(5);

	private static final int RETAIN = 3;

	private static final Duration LOG_INTERVAL = Duration.ofSeconds(1);

	private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(10);

	private static final long CACHED_HITS = 10_000;

	private static final Duration CACHED_FOR = Duration.ofMinutes(10);

	private final String name;

	private final Path directory;

	private final boolean inMemory;

	private final InheritedSettings settings;

	private final List<SnapvecIndexCustomizer> customizers;

	DefinitionReader(String name, Path parent, boolean inMemory, InheritedSettings settings,
			List<SnapvecIndexCustomizer> customizers) {
		this.name = name;
		this.directory = parent.resolve(name);
		this.inMemory = inMemory;
		this.settings = settings;
		this.customizers = customizers;
	}

	IndexDefinition read() {
		IndexBlueprint blueprint = blueprint();
		validate();
		return new IndexDefinition(this.name, this.name, this.directory, this.inMemory, blueprint, start(), snapshots(),
				new LogPolicy(logs(), logSync()),
				new FollowPolicy(follows(), this.settings.reloadInterval().orElse(RELOAD_INTERVAL),
						this.settings.reloadEnabled().key()),
				new CachePolicy(this.settings.cacheEnabled().orElse(true), this.settings.cacheEnabled().orElse(false),
						cachedHits(), this.settings.cacheExpireAfterWrite().orElse(CACHED_FOR)));
	}

	private IndexBlueprint blueprint() {
		IndexType type = this.settings.type().orElse(IndexType.SNAP);
		IndexFactory<?> factory = type.factory();
		this.settings.requireOnly(factory.properties(), type);
		IndexBuilder<?> configured = builder(factory);
		Setting<String> model = this.settings.model();
		return new IndexBlueprint(() -> builder(factory).build(),
				new IndexTraits(this.settings::key, configured.spec(),
						configured.attributes().get(IndexDefinition.MODEL)),
				configured.loadOptions(), model.value(), model.key());
	}

	private IndexBuilder<?> builder(IndexFactory<?> factory) {
		return factory.builder(this.settings,
				(builder) -> this.customizers.forEach((customizer) -> customize(customizer, builder)));
	}

	/**
	 * Logs what a customizer throws, because a failure analysis may omit its stack trace.
	 */
	private void customize(SnapvecIndexCustomizer customizer, IndexBuilder<?> builder) {
		try {
			customizer.customize(this.name, builder);
		}
		// A customizer may throw anything, which becomes the cause.
		catch (RuntimeException ex) {
			String message = String.format(Locale.ROOT, "customizer %s failed to customize index '%s': %s",
					customizer.getClass().getName(), this.name, ex);
			logger.error(message, ex);
			throw new IllegalStateException(message, ex);
		}
	}

	private StartPolicy start() {
		StartPolicy.OnDamage onDamage = switch (this.settings.restoreOnFailure()
			.orElse(IndexProperties.OnFailure.FAIL)) {
			case FAIL -> StartPolicy.OnDamage.FAIL;
			case PREVIOUS -> StartPolicy.OnDamage.PREVIOUS;
			case EMPTY -> StartPolicy.OnDamage.EMPTY;
		};
		boolean beforeReady = this.settings.populate()
			.orElse(IndexProperties.Populate.ON_START) == IndexProperties.Populate.BEFORE_READY;
		return new StartPolicy(onDamage, beforeReady, freezesOnReady());
	}

	private boolean freezesOnReady() {
		return this.settings.freeze().orElse(IndexProperties.Freeze.ON_READY) == IndexProperties.Freeze.ON_READY;
	}

	private SnapshotPolicy snapshots() {
		String disabledBy = this.inMemory ? PropertyKeys.IN_MEMORY + " is true"
				: this.settings.snapshotEnabled().key() + " is false";
		return new SnapshotPolicy(writesSnapshots(), disabledBy, this.settings.snapshotInterval().orElse(INTERVAL),
				this.settings.snapshotCron().value(), this.settings.snapshotJitter().orElse(Duration.ZERO),
				this.settings.snapshotOnShutdown().orElse(true), this.settings.snapshotRetain().orElse(RETAIN),
				this.settings.lockTimeout().orElse(Duration.ZERO));
	}

	private boolean writesSnapshots() {
		return !this.inMemory && !follows() && this.settings.snapshotEnabled().orElse(true);
	}

	private boolean logs() {
		return this.settings.logEnabled().orElse(false);
	}

	private LogSync logSync() {
		return switch (this.settings.logSync().orElse(IndexProperties.Sync.ALWAYS)) {
			case ALWAYS -> LogSync.always();
			case INTERVAL -> LogSync.every(this.settings.logInterval().orElse(LOG_INTERVAL));
			case NEVER -> LogSync.never();
		};
	}

	private boolean follows() {
		return this.settings.reloadEnabled().orElse(false);
	}

	private long cachedHits() {
		return this.settings.cacheMaximumSize().orElse(CACHED_HITS);
	}

	private void validate() {
		validateInMemory();
		this.settings.throwIfIntervalAndCron();
		DurationRange.PAUSE.require(this.settings.snapshotInterval());
		this.settings.snapshotCron().ifSet(DefinitionReader::requireToComeUp);
		DurationRange.WAIT.require(this.settings.snapshotJitter());
		Setting<Integer> retain = this.settings.snapshotRetain();
		retain.require(retain.orElse(RETAIN) >= 1, "it must be at least 1");
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
		setting.require(!this.inMemory || !Boolean.TRUE.equals(setting.value()),
				String.format(Locale.ROOT, "an index in memory has no files, but %s is true", PropertyKeys.IN_MEMORY));
	}

	private void validateLog() {
		Setting<IndexProperties.Sync> sync = this.settings.logSync();
		Setting<Duration> interval = this.settings.logInterval();
		interval.require(interval.value() == null || sync.value() == IndexProperties.Sync.INTERVAL,
				String.format(Locale.ROOT, "it requires %s to be \"interval\"", sync.key()));
		DurationRange.PAUSE.require(interval);
		this.settings.logEnabled()
			.require(!logs() || writesSnapshots(),
					String.format(Locale.ROOT, "a write-ahead log begins with a snapshot, but %s is false",
							this.settings.snapshotEnabled().key()));
	}

	private void validateFollower() {
		DurationRange.PAUSE.require(this.settings.reloadInterval());
		refuseForFollower(this.settings.snapshotEnabled(), true);
		refuseForFollower(this.settings.logEnabled(), true);
		refuseForFollower(this.settings.freeze(), IndexProperties.Freeze.MANUAL);
	}

	private <T> void refuseForFollower(Setting<T> setting, T value) {
		setting.require(!follows() || !value.equals(setting.value()),
				String.format(Locale.ROOT, "an index that follows another process is not written here, but %s is true",
						this.settings.reloadEnabled().key()));
	}

	/** A frozen index rejects the changes that a write-ahead log would record. */
	void requireChangesToRecord() {
		Setting<IndexProperties.Freeze> freeze = this.settings.freeze();
		if (logs() && freezesOnReady()) {
			String log = this.settings.logEnabled().key();
			freeze.require(freeze.value() == null, String.format(Locale.ROOT,
					"a frozen index has no changes to record, but %s is true; change one of the two", log));
			logger.warn(String.format(Locale.ROOT,
					"Index '%s' is frozen once the application is ready and has no changes to record, although %s is true;"
							+ " set %s to manual to change it while the application runs",
					this.name, log, freeze.key()));
		}
	}

	/**
	 * Reads the common settings of the indexes of tenants, and rejects those that indexes
	 * that are opened and closed cannot have.
	 */
	TenantDefinition readTenants(TenantProperties properties) {
		IndexDefinition template = read();
		new Setting<>(this.settings.key("maximum-open"), properties.getMaximumOpen())
			.require(properties.getMaximumOpen() >= 1, "it must be at least 1");
		Duration expiry = properties.getExpireAfterAccess();
		DurationRange.PAUSE.require(new Setting<>(this.settings.key("expire-after-access"), expiry));
		this.settings.reloadEnabled()
			.require(!follows(), "it must be false: the indexes of tenants are written by this process");
		this.settings.snapshotEnabled()
			.require(writesSnapshots() || this.inMemory,
					"it must be true: the index of a tenant is saved when it is closed");
		Setting<Boolean> cache = this.settings.cacheEnabled();
		cache.require(!cache.orElse(false) || !cache.key().equals(this.settings.key("cache.enabled")),
				"it must be false: search results of tenants' indexes are not cached");
		return new TenantDefinition(template, properties.getMaximumOpen(), expiry);
	}

}
