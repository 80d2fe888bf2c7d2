package dev.snapvec.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;

import dev.snapvec.InvalidSpecException;
import dev.snapvec.Similarity;
import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * The settings of one index: its own, or else the defaults that all indexes inherit.
 */
final class InheritedSettings {

	private final String prefix;

	private final IndexProperties own;

	private final IndexProperties defaults;

	InheritedSettings(String prefix, IndexProperties own, IndexProperties defaults) {
		this.prefix = prefix + ".";
		this.own = own;
		this.defaults = defaults;
	}

	/** The key of the index. */
	String index() {
		return this.prefix.substring(0, this.prefix.length() - 1);
	}

	/** The key of a setting of this index alone. */
	String key(String key) {
		return this.prefix + key;
	}

	Setting<IndexType> type() {
		return find("type", IndexProperties::getType);
	}

	Setting<Integer> dimension() {
		return find("dimension", IndexProperties::getDimension);
	}

	Setting<Long> seed() {
		return find("seed", IndexProperties::getSeed);
	}

	Setting<Boolean> normalized() {
		return find("normalized", IndexProperties::getNormalized);
	}

	Setting<Similarity> similarity() {
		return find("similarity", IndexProperties::getSimilarity);
	}

	Setting<Boolean> correctedScores() {
		return find("corrected-scores", IndexProperties::getCorrectedScores);
	}

	Setting<String> model() {
		return find("model", IndexProperties::getModel);
	}

	Setting<IndexProperties.Populate> populate() {
		return find("populate", IndexProperties::getPopulate);
	}

	Setting<IndexProperties.Freeze> freeze() {
		return find("freeze", IndexProperties::getFreeze, !follows());
	}

	Setting<IndexProperties.OnFailure> restoreOnFailure() {
		return find("restore.on-failure", (index) -> index.getRestore().getOnFailure());
	}

	Setting<Boolean> snapshotEnabled() {
		return find("snapshot.enabled", (index) -> index.getSnapshot().getEnabled(), !follows());
	}

	/** Not inherited by an index that sets its own cron schedule. */
	Setting<Duration> snapshotInterval() {
		return find("snapshot.interval", (index) -> index.getSnapshot().getInterval(),
				this.own.getSnapshot().getCron() == null);
	}

	/** Not inherited by an index that sets its own interval. */
	Setting<String> snapshotCron() {
		return find("snapshot.cron", (index) -> index.getSnapshot().getCron(),
				this.own.getSnapshot().getInterval() == null);
	}

	Setting<Duration> snapshotJitter() {
		return find("snapshot.jitter", (index) -> index.getSnapshot().getJitter());
	}

	void throwIfIntervalAndCron() {
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
			entries.put(snapshotInterval().key(), snapshotInterval().value());
			entries.put(snapshotCron().key(), snapshotCron().value());
		});
	}

	Setting<Boolean> snapshotOnShutdown() {
		return find("snapshot.on-shutdown", (index) -> index.getSnapshot().getOnShutdown());
	}

	Setting<Integer> snapshotRetain() {
		return find("snapshot.retain", (index) -> index.getSnapshot().getRetain());
	}

	Setting<Duration> lockTimeout() {
		return find("lock-timeout", IndexProperties::getLockTimeout);
	}

	/** Not inherited by an index that disables the snapshots it requires. */
	Setting<Boolean> logEnabled() {
		return find("write-ahead-log.enabled", (index) -> index.getWriteAheadLog().getEnabled(),
				!follows() && !Boolean.FALSE.equals(this.own.getSnapshot().getEnabled()));
	}

	/**
	 * Whether its own settings make it a follower: then it inherits nothing that only
	 * writers can have.
	 */
	private boolean follows() {
		return Boolean.TRUE.equals(this.own.getReload().getEnabled());
	}

	Setting<Boolean> reloadEnabled() {
		return find("reload.enabled", (index) -> index.getReload().getEnabled());
	}

	Setting<Duration> reloadInterval() {
		return find("reload.interval", (index) -> index.getReload().getInterval());
	}

	Setting<IndexProperties.Sync> logSync() {
		return find("write-ahead-log.sync", (index) -> index.getWriteAheadLog().getSync());
	}

	/** Not inherited by an index that does not use it. */
	Setting<Duration> logInterval() {
		IndexProperties.Sync own = this.own.getWriteAheadLog().getSync();
		return find("write-ahead-log.interval", (index) -> index.getWriteAheadLog().getInterval(),
				own == null || own == IndexProperties.Sync.INTERVAL);
	}

	Setting<Boolean> cacheEnabled() {
		return find("cache.enabled", (index) -> index.getCache().getEnabled());
	}

	Setting<Long> cacheMaximumSize() {
		return find("cache.maximum-size", (index) -> index.getCache().getMaximumSize());
	}

	Setting<Duration> cacheExpireAfterWrite() {
		return find("cache.expire-after-write", (index) -> index.getCache().getExpireAfterWrite());
	}

	/** Finds a setting that only some types have. */
	<T> Setting<T> find(TypeProperty<T> property) {
		return find(property.key(), property.value());
	}

	/** Rejects two settings that exclude each other if both are true. */
	void throwIfBoth(TypeProperty<Boolean> one, TypeProperty<Boolean> other) {
		MutuallyExclusiveConfigurationPropertiesException.<Boolean>throwIfMultipleMatchingValuesIn((entries) -> {
			entries.put(find(one).key(), find(one).orElse(false));
			entries.put(find(other).key(), find(other).orElse(false));
		}, (value) -> value);
	}

	/**
	 * Rejects settings of other types, but only the index's own: inherited ones are for
	 * the indexes that have them.
	 */
	void requireOnly(List<TypeProperty<?>> properties, IndexType type) {
		for (TypeProperty<?> property : TypeProperty.ALL) {
			Object value = property.value().apply(this.own);
			if (value != null && !properties.contains(property)) {
				String possible = properties.stream().map(TypeProperty::key).collect(Collectors.joining(", "));
				throw new InvalidConfigurationPropertyValueException(this.prefix + property.key(), value, String.format(
						Locale.ROOT,
						"An index of type %s does not have this property; in addition to the properties of all types, it has %s.",
						type.value(), possible));
			}
		}
	}

	/**
	 * Translates the engine's rejection of a setting: its key, not the engine's name for
	 * it.
	 */
	InvalidConfigurationPropertyValueException invalid(InvalidSpecException refusal) {
		String key = DataObjectPropertyName.toDashedForm(refusal.setting());
		return TypeProperty.ALL.stream()
			.filter((property) -> property.key().equals(key))
			.findFirst()
			.<Setting<?>>map((property) -> find(property))
			.orElseGet(this::dimension)
			.invalid(String.valueOf(refusal.getMessage()));
	}

	private <T> Setting<T> find(String key, Function<IndexProperties, @Nullable T> property) {
		return find(key, property, true);
	}

	private <T> Setting<T> find(String key, Function<IndexProperties, @Nullable T> property, boolean inherit) {
		T value = property.apply(this.own);
		T inherited = (value == null && inherit) ? property.apply(this.defaults) : null;
		return (inherited != null) ? new Setting<>(PropertyKeys.DEFAULTS + "." + key, inherited)
				: new Setting<>(this.prefix + key, value);
	}

}
