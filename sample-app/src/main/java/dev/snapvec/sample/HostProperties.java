package dev.snapvec.sample;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The hosts for which this application accepts requests.
 *
 * @param allowedHosts allowed hosts of requests, without a port
 */
@ConfigurationProperties("sample")
record HostProperties(@DefaultValue( {
		"localhost", "127.0.0.1", "[::1]" }) Set<String> allowedHosts){

	HostProperties {
		allowedHosts = allowedHosts.stream()
			.map((host) -> host.toLowerCase(Locale.ROOT))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

}
