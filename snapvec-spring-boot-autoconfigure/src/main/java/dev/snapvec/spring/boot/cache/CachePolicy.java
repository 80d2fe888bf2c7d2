package dev.snapvec.spring.boot.cache;

import java.time.Duration;

/**
 * Whether results of searches are cached.
 * <p>
 * Internal: not for applications.
 *
 * @param enabled whether they are, if there is a cache
 * @param required whether the application says so, rather than leaving it to the default
 * @param maximumSize how many hits and ids of filters are cached at most
 * @param expireAfterWrite how long a result is cached at most
 */
public record CachePolicy(boolean enabled, boolean required, long maximumSize, Duration expireAfterWrite) {

}
