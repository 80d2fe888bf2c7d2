package dev.snapvec.spring.boot.actuate.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} that gives what becomes of
 * operations the status it has on the web, and says why a request is refused: Spring Boot
 * would leave that out of its answer.
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
	 * Describes an index in detail.
	 * @param name its name
	 * @return 200 with an {@link IndexDescriptor}, or 404 with a {@link RefusedRequest}
	 */
	@ReadOperation
	public WebEndpointResponse<Object> index(@Selector String name) {
		IndexDescriptor index = this.delegate.index(name);
		return (index != null) ? new WebEndpointResponse<>(index) : unknown(name);
	}

	/**
	 * Does something to an index. Parameters are taken as text, so that what is wrong
	 * with them can be said.
	 * @param name its name
	 * @param operation what to do
	 * @param samples as for {@link SnapvecEndpoint#operate}
	 * @param seed as for {@link SnapvecEndpoint#operate}
	 * @return with an {@link OperationDescriptor} 200 if it was done, 409 if the index is
	 * not in a state for it, 500 if it failed; 204 if there was nothing to do; with a
	 * {@link RefusedRequest} 400 if a parameter is wrong, 404 if no index has the name
	 */
	@WriteOperation
	public WebEndpointResponse<Object> operate(@Selector String name, @Nullable String operation,
			@Nullable String samples, @Nullable String seed) {
		try {
			OperationDescriptor result = this.delegate.operate(name, RequestParameters.operation(operation),
					RequestParameters.samples(samples), RequestParameters.seed(seed));
			return (result != null) ? answer(result) : unknown(name);
		}
		catch (InvalidEndpointRequestException ex) {
			return new WebEndpointResponse<>(new RefusedRequest(String.valueOf(ex.getReason())),
					WebEndpointResponse.STATUS_BAD_REQUEST);
		}
	}

	private static WebEndpointResponse<Object> answer(OperationDescriptor result) {
		return switch (result.outcome()) {
			case DONE -> new WebEndpointResponse<>(result);
			case UNCHANGED -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT);
			case REFUSED -> new WebEndpointResponse<>(result, CONFLICT);
			case FAILED -> new WebEndpointResponse<>(result, WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR);
		};
	}

	private WebEndpointResponse<Object> unknown(String name) {
		return new WebEndpointResponse<>(new RefusedRequest(this.delegate.unknown(name)),
				WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
