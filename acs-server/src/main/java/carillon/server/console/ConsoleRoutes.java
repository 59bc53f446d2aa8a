package carillon.server.console;

import carillon.db.ForeignCursorException;
import carillon.server.access.AccessDeniedException;
import carillon.server.access.Csrf;
import carillon.server.access.Identity;
import carillon.server.console.view.EntryView;
import carillon.server.console.view.Query;
import carillon.server.events.EventStreamHandler;
import carillon.server.operator.ActionRefused;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into the console: who comes, to which page. It answers every path that nobody before it did. A form is taken
 * only from a page of this server ({@code Sec-Fetch-Site}) and only with the session's token.
 */
final class ConsoleRoutes extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleRoutes.class);

    private final Parts parts;
    private final Renderer renderer = new Renderer();

    /** The pages. */
    record Parts(
            Assets assets,
            Frames frames,
            Visits visits,
            EntryPages entry,
            FleetPages fleet,
            PhonePages phones,
            ParameterPages parameters,
            RpcPages rpcs,
            HistoryPages history,
            PeoplePages people,
            CertificatePages certificates,
            FilePages files,
            EventStreamHandler events) {}

    ConsoleRoutes(Parts parts) {
        this.parts = parts;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (parts.assets().serve(path, response, callback)) {
            return true;
        }
        if (!request.getMethod().equals("GET")
                && !request.getMethod().equals("HEAD")
                && !request.getMethod().equals("POST")) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD, POST");
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        Optional<Visit> read = parts.visits().read(request);
        if (read.isEmpty()) {
            Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
            return true;
        }
        Visit visit = read.get();
        if (path.equals("/live")) {
            watch(visit, request, response, callback);
            return true;
        }
        Answer answer = answer(visit, request);
        visit.sent().ifPresent(Sent::close);
        renderer.answer(answer, response, callback);
        return true;
    }

    private void watch(Visit visit, Request request, Response response, Callback callback) {
        Optional<Identity> watcher = visit.identity().filter(identity -> !identity.mustChangePassword());
        if (watcher.isPresent()) {
            parts.events().serve(watcher.get().scope(), request, response, callback);
        } else {
            Response.writeError(request, response, callback, HttpStatus.UNAUTHORIZED_401);
        }
    }

    private Answer answer(Visit visit, Request request) {
        try {
            return visit.post() ? posted(visit, request) : shown(visit);
        } catch (ActionRefused refused) {
            int status = status(refused.reason());
            return trouble(visit, status, "trouble." + status, refused.sentence());
        } catch (ForeignCursorException foreign) {
            return trouble(
                    visit,
                    HttpStatus.UNPROCESSABLE_ENTITY_422,
                    "trouble.422",
                    visit.words().say("trouble.cursor"));
        } catch (AccessDeniedException denied) {
            return trouble(visit, HttpStatus.FORBIDDEN_403, "trouble.403", String.valueOf(denied.getMessage()));
        } catch (RuntimeException broken) {
            LOG.error("{} {} could not be answered", request.getMethod(), visit.here(), broken);
            return trouble(
                    visit,
                    HttpStatus.INTERNAL_SERVER_ERROR_500,
                    "trouble.500",
                    visit.words().say("trouble.500.text"));
        }
    }

    private static int status(ActionRefused.Reason reason) {
        if (reason instanceof ActionRefused.NotFound) {
            return HttpStatus.NOT_FOUND_404;
        }
        if (reason instanceof ActionRefused.NotPermitted) {
            return HttpStatus.FORBIDDEN_403;
        }
        return reason instanceof ActionRefused.Conflict ? HttpStatus.CONFLICT_409 : HttpStatus.UNPROCESSABLE_ENTITY_422;
    }

    private Answer trouble(Visit visit, int status, String title, String sentence) {
        boolean phone = visit.segment(0).equals("phones") && visit.path().size() > 1;
        String back = status == HttpStatus.NOT_FOUND_404 || !phone
                ? "/"
                : "/phones/" + Query.of(visit.segment(1)).replace("+", "%20");
        return Answer.Page.of(
                        "trouble",
                        parts.frames().frame(visit, visit.words().say(title), ""),
                        new Answer.Part("v", new EntryView("", Visit.local(back), false, Optional.of(sentence))))
                .withStatus(status);
    }

    private Answer lost(Visit visit) {
        return trouble(
                visit, HttpStatus.NOT_FOUND_404, "trouble.404", visit.words().say("trouble.404.text"));
    }

    private Answer shown(Visit visit) {
        String first = visit.segment(0);
        if (first.equals("login")) {
            return parts.entry().login(visit);
        }
        if (first.equals("preferences")) {
            return parts.entry().preferences(visit);
        }
        if (visit.identity().isEmpty()) {
            String here = visit.here().equals("/") ? "" : "?back=" + Query.of(visit.here());
            return Answer.Redirect.to("/login" + here);
        }
        if (first.equals("password")) {
            return parts.entry().password(visit);
        }
        if (visit.identity().get().mustChangePassword()) {
            return Answer.Redirect.to("/password");
        }
        if (first.equals("phones") && visit.path().size() > 1) {
            return phone(visit);
        }
        return visit.path().size() > 1
                ? lost(visit)
                : switch (first) {
                    case "" -> parts.fleet().dashboard(visit);
                    case "phones" -> parts.fleet().phones(visit);
                    case "users" -> parts.people().users(visit);
                    case "tokens" -> parts.people().tokens(visit);
                    case "audit" -> parts.people().audit(visit);
                    case "tls" -> parts.certificates().show(visit);
                    case "files" -> parts.files().show(visit);
                    default -> lost(visit);
                };
    }

    private Answer phone(Visit visit) {
        String tab = visit.segment(2);
        if (visit.path().size() == 4) {
            return switch (tab) {
                case "rpcs" ->
                    visit.segment(3).equals("new")
                            ? parts.rpcs().ask(visit)
                            : parts.rpcs().one(visit);
                case "sessions" -> parts.history().session(visit);
                default -> lost(visit);
            };
        }
        return visit.path().size() > 4
                ? lost(visit)
                : switch (tab) {
                    case "" -> parts.phones().summary(visit);
                    case "parameters" -> parts.parameters().tree(visit);
                    case "rpcs" -> parts.rpcs().list(visit);
                    case "events" -> parts.history().events(visit);
                    case "sessions" -> parts.history().sessions(visit);
                    default -> lost(visit);
                };
    }

    private Answer posted(Visit visit, Request request) {
        boolean foreign = Csrf.isForeign(
                request.getHeaders().get("Sec-Fetch-Site"),
                request.getHeaders().get(HttpHeader.ORIGIN),
                request.getHeaders().get(HttpHeader.HOST));
        if (foreign) {
            return trouble(
                    visit,
                    HttpStatus.FORBIDDEN_403,
                    "trouble.403",
                    visit.words().say("trouble.foreign"));
        }
        String first = visit.segment(0);
        if (first.equals("login")) {
            return parts.entry().login(visit);
        }
        if (visit.identity().isEmpty()) {
            return Answer.Redirect.to("/login");
        }
        if (visit.sent().map(Sent::isTooLong).orElse(false)) {
            return parts.files().bring(visit); // it changes nothing
        }
        if (!Csrf.isRight(visit.cookie(), visit.typed(Csrf.FIELD))) {
            return trouble(
                    visit,
                    HttpStatus.FORBIDDEN_403,
                    "trouble.403",
                    visit.words().say("trouble.csrf"));
        }
        if (first.equals("logout")) {
            return parts.entry().logout(visit);
        }
        if (first.equals("password")) {
            return parts.entry().password(visit);
        }
        if (visit.identity().get().mustChangePassword()) {
            return Answer.Redirect.to("/password");
        }
        if (first.equals("phones") && visit.path().size() > 2) {
            return phonePosted(visit);
        }
        boolean one = visit.path().size() == 2;
        if (first.equals("tls") && one) {
            return parts.certificates().change(visit);
        }
        return switch (first) {
            case "users" -> one ? parts.people().change(visit) : parts.people().create(visit);
            case "files" -> one ? parts.files().delete(visit) : parts.files().bring(visit);
            case "tokens" -> one ? parts.people().revoke(visit) : parts.people().makeToken(visit);
            default -> lost(visit);
        };
    }

    private Answer phonePosted(Visit visit) {
        String what = visit.segment(2);
        if (visit.path().size() == 4) {
            return switch (what) {
                case "claims" -> parts.phones().claim(visit);
                case "rpcs" -> parts.rpcs().decide(visit);
                default -> lost(visit);
            };
        }
        return visit.path().size() > 4
                ? lost(visit)
                : switch (what) {
                    case "labels" -> parts.phones().labels(visit);
                    case "state" -> parts.phones().state(visit);
                    case "credentials" -> parts.phones().rotate(visit);
                    case "wake" -> parts.phones().wake(visit);
                    case "delete" -> parts.phones().delete(visit);
                    case "parameters" -> parts.parameters().read(visit);
                    case "rpcs" -> parts.rpcs().queue(visit);
                    default -> lost(visit);
                };
    }
}
