package dev.snapvec.spring.boot.health;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import dev.snapvec.spring.boot.SnapvecTenants;

/**
 * {@link CompositeHealthContributor} of the indexes of tenants, by name below
 * {@code snapvec.tenants}: {@linkplain SnapvecHealthContributor#DEGRADED degraded} if the
 * last due save of an open one failed.
 *
 * @since 0.1.0
 */
public class SnapvecTenantsHealthContributor implements CompositeHealthContributor {

	private final List<SnapvecTenants> tenants;

	/**
	 * Creates a health contributor.
	 * @param tenants the tenants
	 */
	public SnapvecTenantsHealthContributor(List<SnapvecTenants> tenants) {
		this.tenants = List.copyOf(tenants);
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.tenants.stream()
			.filter((tenants) -> tenants.name().equals(name))
			.findFirst()
			.map(SnapvecTenantsHealthContributor::indicator)
			.orElse(null);
	}

	@Override
	public Stream<HealthContributors.Entry> stream() {
		return this.tenants.stream().map((tenants) -> new HealthContributors.Entry(tenants.name(), indicator(tenants)));
	}

	private static HealthIndicator indicator(SnapvecTenants tenants) {
		return () -> health(tenants.stats());
	}

	private static Health health(SnapvecTenants.Stats stats) {
		return Health.status((stats.unsaved() > 0) ? SnapvecHealthContributor.DEGRADED : Status.UP)
			.withDetail("open", stats.open())
			.withDetail("unsaved", stats.unsaved())
			.withDetail("opened", stats.opened())
			.withDetail("closed", stats.closed())
			.withDetail("failed", stats.failed())
			.build();
	}

}
