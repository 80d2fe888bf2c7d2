package dev.snapvec.sample;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Returns a problem detail in Spring's words for other errors, such as an unknown page.
 */
@ControllerAdvice
class OtherProblems extends ResponseEntityExceptionHandler {

}
