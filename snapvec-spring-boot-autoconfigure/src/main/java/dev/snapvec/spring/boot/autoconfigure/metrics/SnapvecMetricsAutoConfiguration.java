package dev.snapvec.spring.boot.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;
import dev.snapvec.spring.boot.config.ConditionalOnEnabled;
import dev.snapvec.spring.boot.metrics.SnapvecMetrics;
import dev.snapvec.spring.boot.metrics.SnapvecTenantMetrics;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of all indexes.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SnapvecAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ SafeIndex.class, MeterRegistry.class })
@ConditionalOnEnabled("snapvec.metrics.enabled")
@ConditionalOnBean({ SnapvecIndexes.class, IndexSnapshots.class, MeterRegistry.class })
public final class SnapvecMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SnapvecMetrics snapvecMetrics(SnapvecIndexes indexes, IndexSnapshots snapshots) {
		return new SnapvecMetrics(indexes, snapshots);
	}

	@Bean
	@ConditionalOnBean(SnapvecTenants.class)
	@ConditionalOnMissingBean
	SnapvecTenantMetrics snapvecTenantMetrics(ObjectProvider<SnapvecTenants> tenants, IndexSnapshots snapshots) {
		return new SnapvecTenantMetrics(tenants.orderedStream().toList(), snapshots);
	}

}
