package dev.snapvec.spring.boot.actuate.endpoint;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Why a request was refused before anything was done. Immutable.
 *
 * @param reason what is wrong with it, and what is expected
 * @since 0.1.0
 */
public record RefusedRequest(String reason) implements OperationResponseBody {
}
