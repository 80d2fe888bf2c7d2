package dev.snapvec.spring.boot.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import dev.snapvec.RecallOptions;
import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.NoSuchIndexException;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.SnapvecTenants;

/**
 * {@link Endpoint @Endpoint} to show and operate the indexes of an application.
 *
 * @since 0.1.0
 */
@Endpoint(id = "snapvec", defaultAccess = Access.READ_ONLY)
public class SnapvecEndpoint {

	static final int MOST_SAMPLES = 1000;

	private final SnapvecIndexes indexes;

	private final IndexSnapshots snapshots;

	private final List<SnapvecTenants> tenants;

	/**
	 * Creates an endpoint of indexes.
	 * @param indexes the indexes
	 * @param snapshots their snapshots
	 */
	public SnapvecEndpoint(SnapvecIndexes indexes, IndexSnapshots snapshots) {
		this(indexes, snapshots, List.of());
	}

	/**
	 * Creates an endpoint of indexes and of those of tenants.
	 * @param indexes the indexes
	 * @param snapshots their snapshots
	 * @param tenants the indexes of tenants
	 */
	public SnapvecEndpoint(SnapvecIndexes indexes, IndexSnapshots snapshots, List<SnapvecTenants> tenants) {
		this.indexes = indexes;
		this.snapshots = snapshots;
		this.tenants = List.copyOf(tenants);
	}

	/**
	 * Returns a summary of all indexes.
	 * @return the summary
	 */
	@ReadOperation
	public IndexesDescriptor indexes() {
		Map<String, IndexesDescriptor.Summary> summaries = new LinkedHashMap<>();
		for (String name : this.indexes.names()) {
			SafeIndex index = this.indexes.get(name);
			summaries.put(name, new IndexesDescriptor.Summary(index.stats().type(), index.dimension(), index.size(),
					index.isFrozen(), this.snapshots.isDirty(name)));
		}
		Map<String, IndexesDescriptor.Tenants> open = new LinkedHashMap<>();
		this.tenants.forEach((tenants) -> open.put(tenants.name(), IndexesDescriptor.Tenants.of(tenants.stats())));
		return new IndexesDescriptor(summaries, open);
	}

	/**
	 * Returns details of an index.
	 * @param name the name of the index
	 * @return the details, or null if no index has the name
	 */
	@ReadOperation
	public @Nullable IndexDescriptor index(@Selector String name) {
		return this.indexes.names().contains(name) ? IndexDescriptor.of(this.indexes.get(name), this.snapshots) : null;
	}

	/**
	 * Runs an operation on an index.
	 * @param name the name of the index
	 * @param operation the operation
	 * @param samples number of queries that {@link IndexOperation#RECALL} samples, 1 to
	 * 1,000; 100 if null
	 * @param seed seed for drawing the sample; 0 if null
	 * @return the result, or null if no index has the name
	 * @throws InvalidEndpointRequestException if the number of samples is out of range
	 */
	@WriteOperation
	public @Nullable OperationDescriptor operate(@Selector String name, IndexOperation operation,
			@Nullable Integer samples, @Nullable Long seed) {
		RecallOptions recall = recallOptions(samples, seed);
		return this.indexes.names().contains(name)
				? new OperationRunner(this.indexes, name, this.snapshots).run(operation, recall) : null;
	}

	/** Explains why no index has a name. */
	String unknown(String name) {
		if (this.tenants.stream().anyMatch((tenants) -> tenants.name().equals(name))) {
			return String.format(Locale.ROOT, "'%s' names the indexes of tenants, which are only part of the summary",
					name);
		}
		return String.valueOf(new NoSuchIndexException(name, this.indexes.names()).getMessage());
	}

	private static RecallOptions recallOptions(@Nullable Integer samples, @Nullable Long seed) {
		RecallOptions options = RecallOptions.defaults();
		if (samples != null) {
			if (samples < 1 || samples > MOST_SAMPLES) {
				String reason = String.format(Locale.ROOT, "samples must be from 1 to %d, but was %d", MOST_SAMPLES,
						samples);
				throw new InvalidEndpointRequestException(reason, reason);
			}
			options = options.samples(samples);
		}
		return (seed != null) ? options.seed(seed) : options;
	}

}
