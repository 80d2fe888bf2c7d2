package dev.snapvec.spring.boot.cache;

import java.time.Duration;

/**
 * Whether and how search results are cached.
 * <p>
 * Internal: not for applications.
 *
 * @param enabled whether they are cached, if a cache is available
 * @param required whether the configuration enables it, rather than the default
 * @param maximumSize maximum number of hits and ids of filters to cache
 * @param expireAfterWrite maximum time to cache a result
 */
public record CachePolicy(boolean enabled, boolean required, long maximumSize, Duration expireAfterWrite) {

}
