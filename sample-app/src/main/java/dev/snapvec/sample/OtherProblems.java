package dev.snapvec.sample;

import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers what goes wrong elsewhere, such as a page that there is not, with a problem
 * detail in the words of Spring.
 */
@ControllerAdvice
class OtherProblems extends ResponseEntityExceptionHandler {

}
