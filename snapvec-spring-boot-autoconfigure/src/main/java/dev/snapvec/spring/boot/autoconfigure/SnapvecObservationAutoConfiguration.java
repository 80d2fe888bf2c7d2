package dev.snapvec.spring.boot.autoconfigure;

import io.micrometer.observation.ObservationRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.config.ConditionalOnEnabled;
import dev.snapvec.spring.boot.observation.IndexObservation;
import dev.snapvec.spring.boot.observation.MicrometerIndexObservation;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for observations of searches and
 * snapshots.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SnapvecAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnClass({ SafeIndex.class, ObservationRegistry.class })
@ConditionalOnBean({ SnapvecIndexes.class, ObservationRegistry.class })
@ConditionalOnEnabled(value = "snapvec.observations.enabled", byDefault = false)
public final class SnapvecObservationAutoConfiguration {

	@Bean
	IndexObservation snapvecIndexObservation(ObservationRegistry registry) {
		return new MicrometerIndexObservation(registry);
	}

}
