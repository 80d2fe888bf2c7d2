package dev.snapvec.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects requests whose host is not allowed. A remote web page can point a host name of
 * its own at this machine, and then its scripts may read and write whatever listens here
 * (DNS rebinding); the browser still sends that host name.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class HostFilter extends OncePerRequestFilter {

	private final HostProperties properties;

	HostFilter(HostProperties properties) {
		this.properties = properties;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String host = request.getHeader("Host");
		if (isAllowed(host)) {
			chain.doFilter(request, response);
			return;
		}
		response.setStatus(HttpServletResponse.SC_FORBIDDEN);
		response.setContentType(MediaType.TEXT_PLAIN_VALUE);
		response.setCharacterEncoding(StandardCharsets.UTF_8.name());
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.getWriter()
			.println(String.format(Locale.ROOT,
					"Host must be one of %2$s, but was '%1$s'. To allow it, add it to sample.allowed-hosts.", host,
					String.join(", ", this.properties.allowedHosts())));
	}

	private boolean isAllowed(@Nullable String host) {
		return host != null && this.properties.allowedHosts().contains(withoutPort(host.toLowerCase(Locale.ROOT)));
	}

	private static String withoutPort(String host) {
		int colon = host.lastIndexOf(':');
		return (colon > host.lastIndexOf(']')) ? host.substring(0, colon) : host;
	}

}
