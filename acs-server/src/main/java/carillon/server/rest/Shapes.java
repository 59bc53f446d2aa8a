package carillon.server.rest;

import carillon.cwmp.Fault;
import carillon.cwmp.ParameterType;
import carillon.cwmp.SecretPaths;
import carillon.db.ApiToken;
import carillon.db.AuditEntry;
import carillon.db.Claim;
import carillon.db.ClaimEvent;
import carillon.db.Page;
import carillon.db.QueuedRpc;
import carillon.db.ReportedParameter;
import carillon.db.SessionRecord;
import carillon.db.StoredEvent;
import carillon.db.User;
import carillon.rpc.arguments.ModelWarnings;
import carillon.rpc.arguments.RpcJson;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the API answers with. Times are RFC 3339 in UTC; what is not known is left out. */
final class Shapes {
    private Shapes() {}

    /**
     * A piece of a list.
     *
     * @param next to be sent as {@code cursor} for the next piece; absent at the end
     */
    record Items<T>(
            List<T> items,
            @Nullable String next,
            @Nullable Long total,
            @Nullable Long totalIsAtLeast) {
        static <S, T> Items<T> of(Page<S> page, Function<S, T> shape) {
            boolean counted = page.total() >= 0;
            return new Items<>(
                    page.items().stream().map(shape).toList(),
                    page.next().orElse(null),
                    counted && !page.totalIsAtLeast() ? page.total() : null,
                    counted && page.totalIsAtLeast() ? page.total() : null);
        }

        static <T> Items<T> all(List<T> items) {
            return new Items<>(items, null, null, null);
        }
    }

    /**
     * A parameter, or an object, whose path ends with a dot.
     *
     * @param value masked where it is secret, and left out where a phone hides it by telling nothing
     * @param hidden true where the phone does not tell the value: it reads empty, whatever it is
     * @param canAdd of a table: whether AddObject adds rows to it
     * @param canDelete of a row: whether DeleteObject removes it
     */
    @Schema(name = "Parameter")
    record ParameterShape(
            String path,
            @Nullable String value,
            @Nullable String type,
            @Nullable Boolean writable,
            @Nullable Boolean hidden,
            @Nullable Boolean canAdd,
            @Nullable Boolean canDelete,
            @Nullable Integer notification,
            String at) {
        static ParameterShape of(ReportedParameter parameter) {
            boolean hidden = parameter.isHidden();
            String value = parameter
                    .value()
                    .filter(text -> !hidden || !text.isEmpty())
                    .map(text -> hidden ? SecretPaths.MASK : text)
                    .orElse(null);
            return new ParameterShape(
                    parameter.path(),
                    value,
                    parameter.type().map(ParameterType::text).orElse(null),
                    parameter.writable().orElse(null),
                    hidden ? true : null,
                    parameter.canAdd().orElse(null),
                    parameter.canDelete().orElse(null),
                    parameter.notification().orElse(null),
                    parameter.at().toString());
        }
    }

    @Schema(name = "Rpc")
    record RpcShape(
            String id,
            String device,
            String method,
            JsonNode arguments,

            @Schema(allowableValues = {"queued", "sent", "succeeded", "failed", "unconfirmed", "expired", "cancelled"})
            String state,

            @Nullable String expectedBy,
            int attempts,
            String createdAt,
            String createdBy,
            @Nullable String notBefore,
            @Nullable String expiresAt,
            @Nullable String sentAt,
            @Nullable String acknowledgedAt,
            @Nullable String endedAt,
            @Nullable String session,
            @Nullable String note,
            @Nullable Boolean forced,
            @Nullable JsonNode result,
            @Nullable FaultShape fault,
            @Nullable List<WarningShape> warnings) {

        /**
         * An RPC with its secrets masked.
         *
         * @param expectedBy when the phone is expected next; only of interest while the RPC has not ended
         */
        static RpcShape of(QueuedRpc rpc, String device, Optional<Instant> expectedBy, RpcJson arguments, Json json) {
            return new RpcShape(
                    rpc.id(),
                    device,
                    rpc.method().rpcName(),
                    json.tree(arguments.masked(rpc.method(), rpc.arguments())),
                    rpc.state().text(),
                    rpc.state().isEnd() ? null : text(expectedBy),
                    rpc.attempts(),
                    rpc.createdAt().toString(),
                    rpc.createdBy(),
                    text(rpc.notBefore()),
                    text(rpc.expiresAt()),
                    text(rpc.sentAt()),
                    text(rpc.acknowledgedAt()),
                    text(rpc.endedAt()),
                    rpc.session().isEmpty() ? null : rpc.session(),
                    rpc.note().isEmpty() ? null : rpc.note(),
                    rpc.forced() ? true : null,
                    rpc.result().map(json::tree).orElse(null),
                    rpc.fault().map(FaultShape::of).orElse(null),
                    null);
        }

        /** The same with what the standard's data models have against it; for the answer that queued it. */
        RpcShape warned(List<ModelWarnings.Warning> said) {
            return new RpcShape(
                    id,
                    device,
                    method,
                    arguments,
                    state,
                    expectedBy,
                    attempts,
                    createdAt,
                    createdBy,
                    notBefore,
                    expiresAt,
                    sentAt,
                    acknowledgedAt,
                    endedAt,
                    session,
                    note,
                    forced,
                    result,
                    fault,
                    said.isEmpty()
                            ? null
                            : said.stream()
                                    .map(warning -> new WarningShape(warning.path(), warning.text()))
                                    .toList());
        }
    }

    @Schema(name = "Warning")
    record WarningShape(String path, String text) {}

    @Schema(name = "Fault")
    record FaultShape(int code, String text, @Nullable List<ParameterFaultShape> parameters) {
        static FaultShape of(Fault fault) {
            return new FaultShape(
                    fault.code(),
                    fault.text(),
                    fault.parameters().isEmpty()
                            ? null
                            : fault.parameters().stream()
                                    .map(refused ->
                                            new ParameterFaultShape(refused.path(), refused.code(), refused.text()))
                                    .toList());
        }
    }

    @Schema(name = "ParameterFault")
    record ParameterFaultShape(String path, int code, String text) {}

    /**
     * An event of an Inform, or a call of the phone's own, whose event is the method's name.
     *
     * @param details what a call told, such as a TransferComplete's fault and times
     */
    @Schema(name = "Event")
    record EventShape(
            String at,
            String event,
            String commandKey,
            String session,

            @Schema(implementation = Object.class) @Nullable JsonNode details) {
        static EventShape of(StoredEvent stored, Json json) {
            return new EventShape(
                    stored.at().toString(),
                    stored.event().code(),
                    stored.event().commandKey(),
                    stored.session(),
                    stored.details().isEmpty() ? null : json.tree(stored.details()));
        }
    }

    @Schema(name = "Session")
    record SessionShape(
            String id,
            @Nullable String device,
            String startedAt,
            String endedAt,
            String sourceAddress,
            List<String> events,
            List<String> rpcs,
            String outcome,
            @Nullable List<MessageShape> exchange) {
        static SessionShape of(SessionRecord session) {
            return of(session, null, null);
        }

        /** With all its messages. */
        static SessionShape whole(SessionRecord session, String device) {
            return of(
                    session,
                    device,
                    session.exchange().stream().map(MessageShape::of).toList());
        }

        private static SessionShape of(
                SessionRecord session, @Nullable String device, @Nullable List<MessageShape> exchange) {
            return new SessionShape(
                    session.id(),
                    device,
                    session.startedAt().toString(),
                    session.endedAt().toString(),
                    session.sourceAddress(),
                    session.events(),
                    session.rpcs(),
                    session.outcome(),
                    exchange);
        }
    }

    @Schema(name = "Message")
    record MessageShape(
            String at,
            @Schema(allowableValues = {"phone", "server"}) String from,
            String name,
            String body) {
        static MessageShape of(SessionRecord.Message message) {
            return new MessageShape(
                    message.at().toString(), message.fromPhone() ? "phone" : "server", message.name(), message.body());
        }
    }

    @Schema(name = "Claim")
    record ClaimShape(
            String id,

            @Schema(allowableValues = {"pending", "confirmed", "refused"})
            String state,

            boolean expected,
            String sourceAddress,
            String events,
            int count,
            String firstSeen,
            String lastSeen,
            @Nullable String decidedBy,
            List<ToldShape> told) {
        static ClaimShape of(Claim claim, Json json) {
            return new ClaimShape(
                    claim.id(),
                    lower(claim.state()),
                    claim.expected(),
                    claim.sourceAddress(),
                    claim.events(),
                    claim.count(),
                    claim.firstSeen().toString(),
                    claim.lastSeen().toString(),
                    claim.decidedBy().isEmpty() ? null : claim.decidedBy(),
                    claim.told().stream()
                            .map(event -> ToldShape.of(event, json))
                            .toList());
        }
    }

    @Schema(name = "ClaimEvent")
    record ToldShape(
            String at,
            String event,
            String commandKey,
            String session,

            @Schema(implementation = Object.class) @Nullable JsonNode details,

            int count,
            String lastAt) {
        static ToldShape of(ClaimEvent told, Json json) {
            return new ToldShape(
                    told.at().toString(),
                    told.event().code(),
                    told.event().commandKey(),
                    told.session(),
                    told.details().isEmpty() ? null : json.tree(told.details()),
                    told.count(),
                    told.lastAt().toString());
        }
    }

    @Schema(name = "User")
    record UserShape(
            String name,

            @Schema(allowableValues = {"viewer", "operator", "administrator"})
            String role,

            String site,
            String tag,
            boolean mustChangePassword,
            boolean disabled,
            String createdAt) {
        static UserShape of(User user) {
            return new UserShape(
                    user.name(),
                    lower(user.role()),
                    user.scope().site(),
                    user.scope().tag(),
                    user.mustChangePassword(),
                    user.disabled(),
                    user.createdAt().toString());
        }
    }

    /**
     * @param token the token itself; in the answer that made it, and never again
     */
    @Schema(name = "Token")
    record TokenShape(
            String id,
            String label,
            String role,
            String site,
            String tag,
            String createdAt,
            String expiresAt,
            boolean revoked,
            @Nullable String token) {
        static TokenShape of(ApiToken token, @Nullable String text) {
            return new TokenShape(
                    token.id(),
                    token.label(),
                    lower(token.role()),
                    token.scope().site(),
                    token.scope().tag(),
                    token.createdAt().toString(),
                    token.expiresAt().toString(),
                    token.revoked(),
                    text);
        }
    }

    @Schema(name = "AuditEntry")
    record AuditShape(String at, String actor, String action, String subject, JsonNode before, JsonNode after) {
        static AuditShape of(AuditEntry entry, Json json) {
            return new AuditShape(
                    entry.at().toString(),
                    entry.actor(),
                    entry.action(),
                    entry.subject(),
                    json.tree(entry.before()),
                    json.tree(entry.after()));
        }
    }

    static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
