package dev.snapvec.spring.boot.lifecycle;

import java.io.IOException;
import java.util.Locale;
import java.util.Properties;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import dev.snapvec.SnapIndex;

/**
 * Logs the version and the kernel once at startup, and how to make searches faster.
 * <p>
 * Internal: not for applications.
 */
public class StartupLine implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(StartupLine.class);

	private static final String MODULE = "jdk.incubator.vector";

	@Override
	public void afterSingletonsInstantiated() {
		String kernel = SnapIndex.builder(1).build().stats().kernel();
		logger.info(text(version(), kernel, System.getProperty("java.version"),
				ModuleLayer.boot().findModule(MODULE).isPresent()));
	}

	public static String text(String version, String kernel, String java, boolean vectors) {
		String hint = "";
		if (kernel.equals("scalar")) {
			hint = vectors ? "; the Vector API is present, but not usable on this processor or Java, or disabled"
					: "; searches are faster with the JVM option --add-modules " + MODULE + ", most on Java 25";
		}
		return String.format(Locale.ROOT, "snapvec %s on Java %s, %s kernel%s", version, java, kernel, hint);
	}

	private static String version() {
		try {
			Properties properties = PropertiesLoaderUtils.loadProperties(
					new ClassPathResource("META-INF/snapvec/version.properties", StartupLine.class.getClassLoader()));
			return properties.getProperty("version", "");
		}
		catch (IOException ex) {
			return "of unknown version";
		}
	}

}
