package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;

import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexCustomizer;
import dev.snapvec.spring.boot.SnapvecIndexes;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link SafeIndex indexes}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TaskSchedulingAutoConfiguration.class)
@ConditionalOnClass(SafeIndex.class)
@ConditionalOnBooleanProperty(name = "snapvec.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SnapvecProperties.class)
@Import(SafeIndexImport.class)
public final class SnapvecAutoConfiguration {

	@Bean
	IndexDefinitions snapvecIndexDefinitions(SnapvecProperties properties, Environment environment,
			ObjectProvider<SnapvecIndexRegistrar> registrars, ObjectProvider<SnapvecIndexCustomizer> customizers) {
		return new IndexDefinitions(properties, environment, registrars.orderedStream().toList(),
				customizers.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean(SnapvecIndexes.class)
	ConfiguredIndexes snapvecIndexes(IndexDefinitions definitions, ObjectProvider<SearchCacheFactory> caches,
			ObjectProvider<IndexObservation> observation) {
		return new ConfiguredIndexes(definitions, caches.getIfAvailable(),
				observation.getIfAvailable(() -> IndexObservation.NONE));
	}

	@Bean
	StartupLine snapvecStartupLine() {
		return new StartupLine();
	}

	@Bean
	FreezeOnReady snapvecFreezeOnReady(IndexDefinitions definitions, SnapvecIndexes indexes,
			ApplicationContext context) {
		return new FreezeOnReady(definitions, indexes, context);
	}

	@Bean
	@ConditionalOnBean({ ConfiguredIndexes.class, PersistentIndexes.class })
	@ConditionalOnMissingBean
	SnapvecIndexRegistry snapvecIndexRegistry(IndexDefinitions definitions, ConfiguredIndexes indexes,
			PersistentIndexes snapshots, SnapvecLifecycle lifecycle) {
		return new RunningIndexRegistry(definitions, indexes, snapshots, lifecycle);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(IndexSnapshots.class)
	static class SnapshotConfiguration {

		@Bean
		PersistentIndexes snapvecSnapshots(IndexDefinitions definitions, SnapvecIndexes indexes,
				ObjectProvider<IndexObservation> observation, ApplicationEventPublisher publisher) {
			return new PersistentIndexes(definitions, indexes, observation.getIfAvailable(() -> IndexObservation.NONE),
					new IndexEvents(publisher));
		}

		@Bean
		StartupOutcome snapvecStartupOutcome(ApplicationContext context) {
			return new StartupOutcome(context);
		}

		@Bean
		SnapvecLifecycle snapvecLifecycle(IndexDefinitions definitions, PersistentIndexes indexes,
				ObjectProvider<ConfiguredTenants> tenants, StartupOutcome outcome, ListableBeanFactory beanFactory,
				ApplicationContext context) {
			UnknownEnvironmentVariables.warn(context.getEnvironment());
			ConfiguredTenants configured = tenants.getIfAvailable();
			return new SnapvecLifecycle(indexes, (configured != null) ? configured.all() : List.of(),
					new Population(beanFactory, definitions, new IndexEvents(context)),
					new SnapshotSchedule(new SnapshotSchedulerFactory(context)), outcome);
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(Caffeine.class)
		static class TenantConfiguration {

			@Bean
			ConfiguredTenants snapvecConfiguredTenants(IndexDefinitions definitions, PersistentIndexes indexes,
					ObjectProvider<IndexObservation> observation, ListableBeanFactory beanFactory,
					ApplicationContext context) {
				return new ConfiguredTenants(definitions, indexes,
						observation.getIfAvailable(() -> IndexObservation.NONE),
						new Population(beanFactory, definitions, new IndexEvents(context)));
			}

		}

		@Bean
		PopulateBeforeReady snapvecPopulateBeforeReady(SnapvecLifecycle lifecycle) {
			return new PopulateBeforeReady(lifecycle);
		}

	}

}
