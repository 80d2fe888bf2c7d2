package dev.snapvec.spring.boot.autoconfigure;

import java.util.List;

import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

import dev.snapvec.SafeIndex;
import dev.snapvec.spring.boot.IndexSnapshots;
import dev.snapvec.spring.boot.SnapvecIndexCustomizer;
import dev.snapvec.spring.boot.SnapvecIndexes;
import dev.snapvec.spring.boot.cache.CaffeineSearchCaches;
import dev.snapvec.spring.boot.config.ConditionalOnEnabled;
import dev.snapvec.spring.boot.index.ConfiguredIndexes;
import dev.snapvec.spring.boot.index.IndexEvents;
import dev.snapvec.spring.boot.index.ManagedIndexes;
import dev.snapvec.spring.boot.index.PersistentIndexes;
import dev.snapvec.spring.boot.lifecycle.FreezeOnReady;
import dev.snapvec.spring.boot.lifecycle.PopulateBeforeReady;
import dev.snapvec.spring.boot.lifecycle.RunningIndexes;
import dev.snapvec.spring.boot.lifecycle.SnapshotSchedule;
import dev.snapvec.spring.boot.lifecycle.SnapvecLifecycle;
import dev.snapvec.spring.boot.lifecycle.StartupLine;
import dev.snapvec.spring.boot.lifecycle.StartupOutcome;
import dev.snapvec.spring.boot.observation.IndexObservation;
import dev.snapvec.spring.boot.population.Population;
import dev.snapvec.spring.boot.tenant.ConfiguredTenants;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for {@link SafeIndex indexes}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TaskSchedulingAutoConfiguration.class)
@ConditionalOnClass(SafeIndex.class)
@ConditionalOnEnabled("snapvec.enabled")
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
	ConfiguredIndexes snapvecIndexes(IndexDefinitions definitions, ObjectProvider<CaffeineSearchCaches> caches,
			ObjectProvider<IndexObservation> observation, ApplicationEventPublisher publisher) {
		IndexObservation observed = observation.getIfAvailable(() -> IndexObservation.NONE);
		return new ConfiguredIndexes(definitions.all(), new ManagedIndexes(observed, new IndexEvents(publisher)),
				caches.getIfAvailable(), observed);
	}

	@Bean
	StartupLine snapvecStartupLine() {
		return new StartupLine();
	}

	@Bean
	FreezeOnReady snapvecFreezeOnReady(IndexDefinitions definitions, ObjectProvider<ManagedIndexes> managed,
			SnapvecIndexes indexes, ApplicationContext context) {
		ManagedIndexes running = managed.getIfAvailable();
		return new FreezeOnReady((running != null) ? running::definitions : definitions::all, indexes, context);
	}

	@Bean
	@ConditionalOnBean({ ConfiguredIndexes.class, PersistentIndexes.class })
	@ConditionalOnMissingBean
	SnapvecIndexRegistry snapvecIndexRegistry(IndexDefinitions definitions, ConfiguredIndexes indexes,
			SnapvecLifecycle lifecycle) {
		RunningIndexes running = new RunningIndexes(indexes, lifecycle);
		return (name, properties) -> running.add(name, (taken) -> definitions.create(name, properties, taken));
	}

	private static Population population(ListableBeanFactory beanFactory, IndexDefinitions definitions,
			ManagedIndexes managed, StartupOutcome outcome, ApplicationContext context) {
		return new Population(beanFactory, managed::definitions, definitions.templates(), new IndexEvents(context),
				outcome::isClosing);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(IndexSnapshots.class)
	static class SnapshotConfiguration {

		/**
		 * Manages the application's handles if it defines its own {@link SnapvecIndexes}.
		 */
		@Bean
		ManagedIndexes snapvecManagedIndexes(IndexDefinitions definitions, SnapvecIndexes indexes,
				ObjectProvider<IndexObservation> observation, ApplicationEventPublisher publisher) {
			if (indexes instanceof ConfiguredIndexes configured) {
				return configured.managed();
			}
			ManagedIndexes managed = new ManagedIndexes(observation.getIfAvailable(() -> IndexObservation.NONE),
					new IndexEvents(publisher));
			definitions.all()
				.forEach((definition) -> managed.add(managed.create(definition, indexes.get(definition.name()))));
			return managed;
		}

		@Bean
		PersistentIndexes snapvecSnapshots(ManagedIndexes managed) {
			return new PersistentIndexes(managed);
		}

		@Bean
		StartupOutcome snapvecStartupOutcome(ConfigurableApplicationContext context) {
			return new StartupOutcome(context);
		}

		@Bean
		SnapvecLifecycle snapvecLifecycle(IndexDefinitions definitions, ManagedIndexes managed,
				ObjectProvider<ConfiguredTenants> tenants, StartupOutcome outcome, ListableBeanFactory beanFactory,
				ApplicationContext context) {
			UnknownEnvironmentVariables.warn(context.getEnvironment());
			UnknownSystemProperties.warn(context.getEnvironment());
			ConfiguredTenants configured = tenants.getIfAvailable();
			return new SnapvecLifecycle(managed, (configured != null) ? configured.all() : List.of(),
					population(beanFactory, definitions, managed, outcome, context), new SnapshotSchedule(context),
					outcome);
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(Caffeine.class)
		static class TenantConfiguration {

			@Bean
			ConfiguredTenants snapvecConfiguredTenants(IndexDefinitions definitions, ManagedIndexes managed,
					ObjectProvider<IndexObservation> observation, StartupOutcome outcome,
					ListableBeanFactory beanFactory, ApplicationContext context) {
				return new ConfiguredTenants(definitions.tenants(), managed,
						observation.getIfAvailable(() -> IndexObservation.NONE),
						population(beanFactory, definitions, managed, outcome, context));
			}

		}

		@Bean
		PopulateBeforeReady snapvecPopulateBeforeReady(SnapvecLifecycle lifecycle) {
			return new PopulateBeforeReady(lifecycle);
		}

	}

}
