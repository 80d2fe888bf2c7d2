package dev.snapvec.sample;

import java.util.stream.Collectors;

import dev.snapvec.FrozenIndexException;
import dev.snapvec.SafeIndex;
import org.jspecify.annotations.Nullable;

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
 * Answers what goes wrong with a problem detail that says what to change.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

	private final SafeIndex index;

	Problems(SafeIndex index) {
		this.index = index;
	}

	@ExceptionHandler
	ProblemDetail frozen(FrozenIndexException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT,
				("the index is frozen, so documents can be neither added nor deleted; "
						+ "start the application with snapvec.indexes.%s.freeze=manual to allow it")
					.formatted(this.index.name()));
		problem.setTitle("Index is frozen");
		return problem;
	}

	@ExceptionHandler
	ProblemDetail duplicate(DuplicateIdException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, ex.getMessage());
		problem.setTitle("Id exists");
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
					.map((error) -> "%s %s".formatted(result.getMethodParameter().getParameterName(),
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
				.map((error) -> "%s %s".formatted(error.getField(), error.getDefaultMessage()))
				.sorted()
				.collect(Collectors.joining("; ")));
		return super.handleMethodArgumentNotValid(ex, headers, status, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status,
				"the body must be a JSON object with the texts id, word and text");
		return handleExceptionInternal(ex, problem, headers, status, request);
	}

}
