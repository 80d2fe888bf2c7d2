package dev.snapvec.spring.boot.actuate.endpoint;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Response to a request that was rejected before anything was done. Immutable.
 *
 * @param reason what is wrong with the request, and what is expected
 * @since 0.1.0
 */
public record RefusedRequest(String reason) implements OperationResponseBody {
}
