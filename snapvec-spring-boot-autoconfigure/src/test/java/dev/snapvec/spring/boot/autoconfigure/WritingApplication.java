package dev.snapvec.spring.boot.autoconfigure;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.snapvec.SafeIndex;

/**
 * An application of its own process that adds rows until it is killed, and says so after
 * each.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration(SnapvecAutoConfiguration.class)
class WritingApplication {

	static final String ADDED = "added ";

	public static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(WritingApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(arguments);
	}

	@Bean
	ApplicationRunner writer(SafeIndex index) {
		return (arguments) -> {
			for (int row = 1;; row++) {
				index.add("row" + row, IndexRunner.vector(row));
				System.out.println(ADDED + row);
			}
		};
	}

}
