package io.stapscope.api.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stapscope.api.message.DiagnosticMessage;
import java.util.List;
import java.util.Map;

/**
 * What the API answers when it does not do what was asked.
 *
 * @param error why
 */
public record ErrorBody(Detail error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param code stable, for programs and translations
     * @param message a sentence for people
     * @param args what the sentence names, for translations
     * @param diagnostics what is wrong with the script, if that is the reason
     */
    public record Detail(String code, String message, Map<String, Object> args, List<DiagnosticMessage> diagnostics) {}

    public static ErrorBody of(String code, String message) {
        return new ErrorBody(new Detail(code, message, Map.of(), List.of()));
    }

    /** As JSON text, where no resource answers. */
    public static String text(String code, String message) {
        try {
            return JSON.writeValueAsString(of(code, message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
