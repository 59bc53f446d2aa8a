package carillon.server.rest;

import carillon.db.ForeignCursorException;
import carillon.server.operator.ActionRefused;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong in a resource, as the answer to its client. */
final class Problems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof ActionRefused refused) {
            return answer(of(refused));
        }
        if (thrown instanceof ForeignCursorException foreign) {
            return answer(Problem.of(HttpStatus.BAD_REQUEST_400, String.valueOf(foreign.getMessage())));
        }
        if (thrown instanceof InvalidRequestException invalid) {
            return answer(Problem.of(HttpStatus.BAD_REQUEST_400, String.valueOf(invalid.getMessage())));
        }
        if (thrown instanceof WebApplicationException web) {
            return Response.fromResponse(web.getResponse())
                    .type(Problem.MEDIA_TYPE)
                    .entity(Problem.of(web.getResponse().getStatus(), sentence(web)))
                    .build();
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException http && http.getCode() < HttpStatus.INTERNAL_SERVER_ERROR_500) {
                return answer(Problem.of(http.getCode(), String.valueOf(http.getReason())));
            }
        }
        LOG.error("the API failed", thrown);
        return answer(Problem.of(
                HttpStatus.INTERNAL_SERVER_ERROR_500, "the server made a mistake; its log of this moment says which"));
    }

    private static Problem of(ActionRefused refused) {
        ActionRefused.Reason reason = refused.reason();
        if (reason instanceof ActionRefused.NotFound) {
            return Problem.of(HttpStatus.NOT_FOUND_404, refused.sentence());
        }
        if (reason instanceof ActionRefused.NotPermitted) {
            return Problem.of(HttpStatus.FORBIDDEN_403, refused.sentence());
        }
        if (reason instanceof ActionRefused.Conflict conflict) {
            return conflict.candidates().isEmpty()
                    ? Problem.of(HttpStatus.CONFLICT_409, refused.sentence())
                    : Problem.ambiguous(refused.sentence(), conflict.candidates());
        }
        if (reason instanceof ActionRefused.TooLarge) {
            return Problem.of(HttpStatus.PAYLOAD_TOO_LARGE_413, refused.sentence());
        }
        if (reason instanceof ActionRefused.NoRoom) {
            return Problem.of(HttpStatus.INSUFFICIENT_STORAGE_507, refused.sentence());
        }
        return Problem.of(HttpStatus.BAD_REQUEST_400, refused.sentence());
    }

    private static String sentence(WebApplicationException web) {
        return switch (web.getResponse().getStatus()) {
            case HttpStatus.NOT_FOUND_404 -> "there is no such resource; /api/docs lists all of them";
            case HttpStatus.METHOD_NOT_ALLOWED_405 ->
                "this resource does not know that method; it knows "
                        + web.getResponse().getHeaderString("Allow");
            case HttpStatus.NOT_ACCEPTABLE_406 -> "the answer is JSON only; send Accept: application/json";
            default -> HttpStatus.getMessage(web.getResponse().getStatus());
        };
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
