package io.stapscope.api.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.stapscope.history.NoSuchCaptureException;
import io.stapscope.history.QuestionTooLargeException;
import io.stapscope.history.QuestionTooLongException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what goes wrong into the API's one shape of errors. Details of faults of ours go to the log only. */
public class ErrorMappers {
    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    @ServerExceptionMapper
    public Response refused(ApiException e) {
        return answer(e.status(), e.body());
    }

    @ServerExceptionMapper
    public Response missing(NoSuchCaptureException e) {
        return answer(404, ErrorBody.of("no_such_capture", String.valueOf(e.getMessage())));
    }

    @ServerExceptionMapper
    public Response tooLarge(QuestionTooLargeException e) {
        return answer(400, ErrorBody.of("question_too_large", String.valueOf(e.getMessage())));
    }

    @ServerExceptionMapper
    public Response tooLong(QuestionTooLongException e) {
        return answer(503, ErrorBody.of("question_too_long", String.valueOf(e.getMessage())));
    }

    @ServerExceptionMapper
    public Response unreadable(MismatchedInputException e) {
        return answer(400, ErrorBody.of("bad_json", "the request's JSON has not the expected shape"));
    }

    @ServerExceptionMapper
    public Response unreadable(JsonProcessingException e) {
        return answer(400, ErrorBody.of("bad_json", "the request is not JSON"));
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        return answer(status, ErrorBody.of(code(status), sentence(status)));
    }

    @ServerExceptionMapper
    public Response fault(Throwable e) {
        var id = UUID.randomUUID();
        LOG.errorf(e, "request failed (%s)", id);
        return answer(500, ErrorBody.of("fault", "the service failed; its log has the details under " + id));
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "bad_request";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 406 -> "not_acceptable";
            case 413 -> "too_large";
            case 415 -> "not_json";
            default -> "http_" + status;
        };
    }

    private static String sentence(int status) {
        return switch (status) {
            case 400 -> "the request cannot be read";
            case 404 -> "there is nothing of this name";
            case 405 -> "this cannot be done here";
            case 406 -> "answers are JSON";
            case 413 -> "the request is too large";
            case 415 -> "only Content-Type: application/json is accepted";
            default -> "the request was refused with status " + status;
        };
    }

    private static Response answer(int status, ErrorBody body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
