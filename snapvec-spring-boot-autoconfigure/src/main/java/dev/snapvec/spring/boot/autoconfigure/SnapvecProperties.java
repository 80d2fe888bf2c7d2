package dev.snapvec.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.snapvec.spring.boot.config.PropertyKeys;

/**
 * {@link ConfigurationProperties Properties} of the indexes of an application.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(PropertyKeys.PREFIX)
public class SnapvecProperties {

	/**
	 * Whether to configure indexes.
	 */
	private boolean enabled = true;

	/**
	 * Directory that holds a directory of snapshots for each index. A tilde at its
	 * beginning is the home directory of the user.
	 */
	private String directory = "./data/snapvec";

	/**
	 * Whether to keep all indexes in memory only, and touch no directory.
	 */
	private boolean inMemory;

	/**
	 * Properties of every index that does not set its own.
	 */
	@NestedConfigurationProperty
	private final IndexProperties defaults = new IndexProperties();

	/**
	 * Indexes by name. A name becomes the name of a bean and of a directory: at most 100
	 * letters, digits, hyphens and underscores, with a letter or digit first.
	 */
	private final Map<String, IndexProperties> indexes = new LinkedHashMap<>();

	/**
	 * Indexes of tenants, by the name of what they have in common. A name becomes the
	 * name of a bean and of a directory, as that of an index.
	 */
	private final Map<String, TenantProperties> tenants = new LinkedHashMap<>();

	private final Metrics metrics = new Metrics();

	private final Observations observations = new Observations();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public String getDirectory() {
		return this.directory;
	}

	public void setDirectory(String directory) {
		this.directory = directory;
	}

	public boolean isInMemory() {
		return this.inMemory;
	}

	public void setInMemory(boolean inMemory) {
		this.inMemory = inMemory;
	}

	public IndexProperties getDefaults() {
		return this.defaults;
	}

	public Map<String, IndexProperties> getIndexes() {
		return this.indexes;
	}

	public Map<String, TenantProperties> getTenants() {
		return this.tenants;
	}

	public Metrics getMetrics() {
		return this.metrics;
	}

	public Observations getObservations() {
		return this.observations;
	}

	/**
	 * Properties of meters.
	 */
	public static class Metrics {

		/**
		 * Whether to measure indexes, if there is a meter registry.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

	/**
	 * Properties of observations.
	 */
	public static class Observations {

		/**
		 * Whether to observe searches and snapshots, if there is an observation registry,
		 * so that they appear in traces.
		 */
		private boolean enabled;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
