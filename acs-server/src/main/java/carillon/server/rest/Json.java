package carillon.server.rest;

import carillon.server.config.Spelling;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The API's JSON: absent rather than null on the way out, bounded and without unknown fields on the way in. */
final class Json {
    private static final int DEEPEST = 20;
    private static final int LONGEST_TEXT = 1 << 20;

    private final ObjectMapper mapper = new ObjectMapper()
            .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);

    Json() {
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_TEXT)
                        .build());
    }

    /** For Jersey's writer. */
    ObjectMapper mapper() {
        return mapper;
    }

    /** Reads a request's body; throws {@link InvalidRequestException} with a sentence that says what is wrong where. */
    <T> T read(byte[] body, Class<T> type) {
        if (body.length == 0) {
            throw new InvalidRequestException("the request has no body; a JSON object is needed, see /api/docs");
        }
        try {
            T read = mapper.readValue(body, type);
            return Objects.requireNonNull(read, "null");
        } catch (UnrecognizedPropertyException unknown) {
            String name = unknown.getPropertyName();
            String known = Objects.requireNonNull(unknown.getKnownPropertyIds()).stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            String near = Spelling.nearest(
                            name,
                            unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .toList())
                    .map(nearest -> "; did you mean '" + nearest + "'?")
                    .orElse("");
            throw new InvalidRequestException(
                    "there is no field '" + Asked.shown(name) + "' here" + near + " Allowed: " + known);
        } catch (InvalidFormatException wrong) {
            throw new InvalidRequestException(where(wrong) + " is '" + Asked.shown(String.valueOf(wrong.getValue()))
                    + "', which is no " + wrong.getTargetType().getSimpleName().toLowerCase(Locale.ROOT));
        } catch (MismatchedInputException wrong) {
            throw new InvalidRequestException(where(wrong) + " has the wrong shape; see /api/docs for the right one");
        } catch (JsonProcessingException wrong) {
            throw new InvalidRequestException("the body is not JSON: "
                    + Asked.shown(String.valueOf(wrong.getOriginalMessage()).replaceAll("\\s+", " ")));
        } catch (IOException | NullPointerException impossible) {
            throw new InvalidRequestException("the body is not a JSON object");
        }
    }

    /** JSON that the server made itself, to be put into an answer as it is. */
    JsonNode tree(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException("stored JSON cannot be read", broken);
        }
    }

    private static String where(JsonMappingException wrong) {
        String path = wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "the body" : path;
    }
}
