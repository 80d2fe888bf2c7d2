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
	 * Whether to enable the auto-configuration of indexes.
	 */
	private boolean enabled = true;

	/**
	 * Directory that holds one directory of snapshots per index. A leading tilde stands
	 * for the home directory of the user.
	 */
	private String directory = "./data/snapvec";

	/**
	 * Whether to keep all indexes in memory only and use no directory.
	 */
	private boolean inMemory;

	/**
	 * Properties of every index that does not set its own.
	 */
	@NestedConfigurationProperty
	private final IndexProperties defaults = new IndexProperties();

	/**
	 * Indexes by name. The name is also that of the bean and of the directory: at most
	 * 100 letters, digits, hyphens and underscores, starting with a letter or digit.
	 */
	private final Map<String, IndexProperties> indexes = new LinkedHashMap<>();

	/**
	 * Indexes of tenants, by the name of the group they share settings with. The name is
	 * also that of the bean and of the directory, as for an index.
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
		 * Whether to enable meters of indexes, if there is a meter registry.
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
		 * Whether to enable observations of searches and snapshots, which appear in
		 * traces, if there is an observation registry.
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
