package dev.snapvec.sample;

import java.util.Locale;
import java.util.stream.Collectors;

import dev.snapvec.FrozenIndexException;
import dev.snapvec.NotFittedException;
import dev.snapvec.spring.boot.NoSuchIndexException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Returns a problem detail that says what to change, for errors of the sample's own
 * controllers only: advice about documents does not help a client of the Actuator
 * endpoints.
 */
@RestControllerAdvice(basePackageClasses = Problems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems extends ResponseEntityExceptionHandler {

	@ExceptionHandler
	ProblemDetail frozen(FrozenIndexException ex) {
		return problem(HttpStatus.CONFLICT, "Index is frozen",
				"the index is frozen, so documents can be neither added nor deleted; to allow it again, POST "
						+ "{\"operation\": \"unfreeze\"} to /actuator/snapvec/" + Indexes.DOCUMENTS);
	}

	@ExceptionHandler
	ProblemDetail duplicate(DuplicateIdException ex) {
		return problem(HttpStatus.CONFLICT, "Id exists", ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail unknown(NoSuchIndexException ex) {
		return problem(HttpStatus.NOT_FOUND, "No such index", ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail notFitted(NotFittedException ex) {
		return problem(HttpStatus.SERVICE_UNAVAILABLE, "Index is being trained",
				"the index is not trained yet, which takes some seconds at the first start; try again soon");
	}

	private static ProblemDetail problem(HttpStatus status, String title, @Nullable String detail) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
		problem.setTitle(title);
		return problem;
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
			HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ex.getBody()
			.setDetail(ex.getParameterValidationResults()
				.stream()
				.flatMap((result) -> result.getResolvableErrors()
					.stream()
					.map((error) -> String.format(Locale.ROOT, "%s %s", result.getMethodParameter().getParameterName(),
							error.getDefaultMessage())))
				.sorted()
				.collect(Collectors.joining("; ")));
		return super.handleHandlerMethodValidationException(ex, headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ex.getBody()
			.setDetail(ex.getFieldErrors()
				.stream()
				.map((error) -> String.format(Locale.ROOT, "%s %s", error.getField(), error.getDefaultMessage()))
				.sorted()
				.collect(Collectors.joining("; ")));
		return super.handleMethodArgumentNotValid(ex, headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status,
				"the body must be a JSON object with the strings title, text and, optionally, id");
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

}
