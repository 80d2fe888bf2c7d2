package dev.snapvec.spring.boot.actuate.endpoint;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for {@link SnapvecEndpoint}: maps
 * outcomes of operations to HTTP statuses, and gives the reason for a rejected request,
 * which Spring Boot omits from its response.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = SnapvecEndpoint.class)
public class SnapvecEndpointWebExtension {

	private static final int CONFLICT = 409;

	private final SnapvecEndpoint delegate;

	/**
	 * Creates an extension.
	 * @param delegate the endpoint
	 */
	public SnapvecEndpointWebExtension(SnapvecEndpoint delegate) {
		this.delegate = delegate;
	}

	/**
	 * Returns details of an index.
	 * @param name the name of the index
	 * @return 200 with an {@link IndexDescriptor}, or 404 with a {@link RefusedRequest}
	 */
	@ReadOperation
	public WebEndpointResponse<Object> index(@Selector String name) {
		IndexDescriptor index = this.delegate.index(name);
		return (index != null) ? new WebEndpointResponse<>(index) : unknown(name);
	}

	/**
	 * Runs an operation on an index. Parameters are strings, so that the response can
	 * tell what is wrong with them.
	 * @param name the name of the index
	 * @param operation the operation
	 * @param samples as for {@link SnapvecEndpoint#operate}
	 * @param seed as for {@link SnapvecEndpoint#operate}
	 * @return with an {@link OperationDescriptor}: 200 if the operation was done, 409 if
	 * the state of the index does not allow it, 500 if it failed; 204 if there was
	 * nothing to do; with a {@link RefusedRequest}: 400 if a parameter is invalid, 404 if
	 * no index has the name
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
