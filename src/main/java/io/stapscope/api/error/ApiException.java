package io.stapscope.api.error;

import io.stapscope.api.message.DiagnosticMessage;
import java.util.List;
import java.util.Map;

/** A request that is refused, with the answer to give. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient ErrorBody body;

    public ApiException(
            int status, String code, String message, Map<String, Object> args, List<DiagnosticMessage> diagnostics) {
        super(message);
        this.status = status;
        this.body = new ErrorBody(new ErrorBody.Detail(code, message, args, diagnostics));
    }

    public static ApiException notFound(String code, String message) {
        return new ApiException(404, code, message, Map.of(), List.of());
    }

    public static ApiException badRequest(String parameter, String message) {
        return new ApiException(400, "bad_request", message, Map.of("parameter", parameter), List.of());
    }

    public int status() {
        return status;
    }

    public ErrorBody body() {
        return body;
    }
}
