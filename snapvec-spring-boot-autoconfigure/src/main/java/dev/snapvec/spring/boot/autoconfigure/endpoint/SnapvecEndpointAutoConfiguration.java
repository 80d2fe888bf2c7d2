package dev.snapvec.spring.boot.autoconfigure.endpoint;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
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
import dev.snapvec.spring.boot.actuate.endpoint.SnapvecEndpoint;
import dev.snapvec.spring.boot.actuate.endpoint.SnapvecEndpointWebExtension;
import dev.snapvec.spring.boot.autoconfigure.SnapvecAutoConfiguration;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link SnapvecEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SnapvecAutoConfiguration.class)
@ConditionalOnClass({ SafeIndex.class, Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(SnapvecEndpoint.class)
public final class SnapvecEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean({ SnapvecIndexes.class, IndexSnapshots.class })
	@ConditionalOnMissingBean
	SnapvecEndpoint snapvecEndpoint(SnapvecIndexes indexes, IndexSnapshots snapshots,
			ObjectProvider<SnapvecTenants> tenants) {
		return new SnapvecEndpoint(indexes, snapshots, tenants.orderedStream().toList());
	}

	@Bean
	@ConditionalOnBean(SnapvecEndpoint.class)
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	SnapvecEndpointWebExtension snapvecEndpointWebExtension(SnapvecEndpoint endpoint) {
		return new SnapvecEndpointWebExtension(endpoint);
	}

}
