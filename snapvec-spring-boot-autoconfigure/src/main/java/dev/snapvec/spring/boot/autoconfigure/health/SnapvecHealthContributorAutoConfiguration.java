package dev.snapvec.spring.boot.autoconfigure.health;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.SnapvecTenants;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;
import dev.snapvec.spring.boot.health.DegradedHealthGroups;
import dev.snapvec.spring.boot.health.SnapvecHealthContributor;
import dev.snapvec.spring.boot.health.SnapvecTenantsHealthContributor;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link SnapvecHealthContributor}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SnapvecAutoConfiguration.class)
@ConditionalOnClass({ SafeIndex.class, HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean({ SnapvecIndexes.class, IndexSnapshots.class })
@ConditionalOnEnabledHealthIndicator("snapvec")
public final class SnapvecHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "snapvecHealthIndicator", "snapvecHealthContributor" })
	SnapvecHealthContributor snapvecHealthContributor(SnapvecIndexes indexes, IndexSnapshots snapshots) {
		return new SnapvecHealthContributor(indexes, snapshots);
	}

	@Bean
	@ConditionalOnBean(SnapvecTenants.class)
	@ConditionalOnMissingBean(name = { "snapvecTenantsHealthIndicator", "snapvecTenantsHealthContributor" })
	SnapvecTenantsHealthContributor snapvecTenantsHealthContributor(ObjectProvider<SnapvecTenants> tenants) {
		return new SnapvecTenantsHealthContributor(tenants.orderedStream().toList());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthEndpointGroupsPostProcessor.class, SecurityContext.class })
	static class GroupConfiguration {

		@Bean
		@ConditionalOnMissingBean
		DegradedHealthGroups snapvecDegradedHealthGroups() {
			return new DegradedHealthGroups();
		}

	}

}
