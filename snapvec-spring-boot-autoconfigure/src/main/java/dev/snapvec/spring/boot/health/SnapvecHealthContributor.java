package dev.snapvec.spring.boot.health;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.Status;

import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexes;

/**
 * {@link CompositeHealthContributor} of all indexes, by name.
 *
 * @since 0.1.0
 */
public class SnapvecHealthContributor implements CompositeHealthContributor {

	/**
	 * Status of an index that can be searched, but not saved, recorded or reloaded. Maps
	 * to the HTTP status 200.
	 */
	public static final Status DEGRADED = new Status("DEGRADED",
			"searches continue, but the index cannot be saved, recorded or reloaded");

	private final SnapvecIndexes indexes;

	private final IndexSnapshots snapshots;

	/**
	 * Creates a health contributor.
	 * @param indexes the indexes
	 * @param snapshots their snapshots
	 */
	public SnapvecHealthContributor(SnapvecIndexes indexes, IndexSnapshots snapshots) {
		this.indexes = indexes;
		this.snapshots = snapshots;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.indexes.names().contains(name) ? indicator(name) : null;
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		return this.indexes.names().stream().map((name) -> new HealthContributors.Entry(name, indicator(name)));
	}

	private IndexHealthIndicator indicator(String name) {
		return new IndexHealthIndicator(this.indexes.get(name), this.snapshots);
	}

}
