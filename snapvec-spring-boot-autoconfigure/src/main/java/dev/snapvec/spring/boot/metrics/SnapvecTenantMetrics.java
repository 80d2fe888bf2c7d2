package dev.snapvec.spring.boot.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecTenants;

/**
 * Meters of the indexes of tenants, aggregated by configuration: the tag
 * {@value SnapvecMetrics#INDEX} is the name below {@code snapvec.tenants}, never that of
 * a tenant.
 *
 * @since 0.1.0
 */
public class SnapvecTenantMetrics implements MeterBinder {

	private final List<SnapvecTenants> tenants;

	private final IndexSnapshots snapshots;

	/**
	 * Creates a binder of the meters.
	 * @param tenants the tenants
	 * @param snapshots their snapshots
	 */
	public SnapvecTenantMetrics(List<SnapvecTenants> tenants, IndexSnapshots snapshots) {
		this.tenants = List.copyOf(tenants);
		this.snapshots = snapshots;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Map<String, IndexMeters> meters = new HashMap<>();
		for (SnapvecTenants tenants : this.tenants) {
			IndexMeters shared = new IndexMeters(registry, tenants.name());
			tenants.addOpenHandler((index) -> index.addListener(shared));
			meters.put(tenants.name(), shared);
			bind(registry, tenants);
		}
		this.snapshots.addListener(new SnapshotMeters(meters));
	}

	private static void bind(MeterRegistry registry, SnapvecTenants tenants) {
		gauge(registry, tenants, "snapvec.tenants.open", "Tenants whose index is open", SnapvecTenants.Stats::open);
		gauge(registry, tenants, "snapvec.tenants.unsaved",
				"Tenants whose index is open and whose last due save failed", SnapvecTenants.Stats::unsaved);
		counter(registry, tenants, "snapvec.tenants.opened", "Indexes of tenants that were opened",
				SnapvecTenants.Stats::opened);
		counter(registry, tenants, "snapvec.tenants.closed", "Indexes of tenants that were closed",
				SnapvecTenants.Stats::closed);
		counter(registry, tenants, "snapvec.tenants.failed", "Indexes of tenants that could not be opened",
				SnapvecTenants.Stats::failed);
	}

	private static void gauge(MeterRegistry registry, SnapvecTenants tenants, String name, String description,
			ToDoubleFunction<SnapvecTenants.Stats> value) {
		Gauge.builder(name, tenants, (measured) -> value.applyAsDouble(measured.stats()))
			.description(description)
			.tag(SnapvecMetrics.INDEX, tenants.name())
			.register(registry);
	}

	private static void counter(MeterRegistry registry, SnapvecTenants tenants, String name, String description,
			ToDoubleFunction<SnapvecTenants.Stats> value) {
		FunctionCounter.builder(name, tenants, (measured) -> value.applyAsDouble(measured.stats()))
			.description(description)
			.tag(SnapvecMetrics.INDEX, tenants.name())
			.register(registry);
	}

}
