package dev.snapvec.spring.boot.actuate.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} that gives what becomes of
 * operations the status it has on the web.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = SnapvecEndpoint.class)
public class SnapvecEndpointWebExtension {

	private static final int CONFLICT = 409;

	private final SnapvecEndpoint delegate;

	/**
	 * Extends an endpoint.
	 * @param delegate the endpoint
	 */
	public SnapvecEndpointWebExtension(SnapvecEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Does something to an index.
	 * @param name its name
	 * @param operation what to do
	 * @param samples as for {@link SnapvecEndpoint#operate}
	 * @param seed as for {@link SnapvecEndpoint#operate}
	 * @return 200 if it was done, 204 if there was nothing to do, 404 if no index has the
	 * name, 409 if the index is not in a state for it, 500 if it failed
	 */
	@WriteOperation
	public WebEndpointResponse<OperationDescriptor> operate(@Selector String name, IndexOperation operation,
			@Nullable Integer samples, @Nullable Long seed) {
		OperationDescriptor result = this.delegate.operate(name, operation, samples, seed);
		if (result == null) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		return switch (result.outcome()) {
			case DONE -> new WebEndpointResponse<>(result);
			case UNCHANGED -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
			case REFUSED -> new WebEndpointResponse<>(result, CONFLICT);
			case FAILED -> new WebEndpointResponse<>(result, WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR);
		};
	}

}
