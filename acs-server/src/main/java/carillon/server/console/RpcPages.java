package carillon.server.console;

import carillon.db.Ids;
import carillon.db.Page;
import carillon.db.QueuedRpc;
import carillon.rpc.arguments.ModelWarnings;
import carillon.rpc.arguments.RpcJson;
import carillon.server.console.view.Phone;
import carillon.server.console.view.RpcForm;
import carillon.server.console.view.RpcView;
import carillon.server.console.view.RpcsView;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.RpcActions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** A phone's RPCs: the queue, a form for each method, and one RPC with all that is known of it. */
final class RpcPages {
    private static final int PAGE = 50;

    private final RpcActions rpcs;
    private final RpcJson json;
    private final PhonePages phones;
    private final InstantSource clock;
    private final RpcResults results = new RpcResults();

    RpcPages(RpcActions rpcs, RpcJson json, PhonePages phones, InstantSource clock) {
        this.rpcs = rpcs;
        this.json = json;
        this.phones = phones;
        this.clock = clock;
    }

    /** An RPC without its arguments and its result. */
    RpcView brief(QueuedRpc rpc, Phone phone) {
        return RpcView.brief(rpc, phone);
    }

    Answer list(Visit visit) {
        Phone phone = phones.phone(visit);
        String cursor = visit.asked("cursor");
        Page<QueuedRpc> page = rpcs.list(visit.actor(), phone.device(), PAGE, cursor);
        List<RpcView> shown =
                page.items().stream().map(rpc -> brief(rpc, phone)).toList();
        return page(
                visit,
                phone,
                "rpcs",
                new RpcsView(shown, HistoryPages.trail(phone.link() + "/rpcs", cursor, page.next())));
    }

    Answer one(Visit visit) {
        Phone phone = phones.phone(visit);
        QueuedRpc rpc = rpcs.find(visit.actor(), visit.segment(3)).rpc();
        if (rpc.deviceKey() != phone.device().key()) {
            throw ActionRefused.notFound("this RPC is another device's");
        }
        String arguments = results.indented(json.masked(rpc.method(), rpc.arguments()));
        RpcView view = new RpcView(
                rpc,
                phone,
                arguments,
                results.table(rpc),
                phones.calls(visit, rpc),
                results.wantsLogin(rpc) ? phone.link() + "/rpcs/new?" + results.filled(rpc) : "");
        return page(visit, phone, "rpc", view);
    }

    Answer ask(Visit visit) {
        Map<String, List<String>> asked = new HashMap<>();
        visit.query().forEach(field -> asked.put(field.getName(), field.getValues()));
        return form(visit, visit.asked("method"), asked, Optional.empty(), List.of());
    }

    private Answer.Page form(
            Visit visit,
            String method,
            Map<String, List<String>> typed,
            Optional<String> trouble,
            List<ModelWarnings.Warning> warnings) {
        Phone phone = phones.phone(visit);
        boolean known = RpcJson.allowed().stream().anyMatch(one -> one.rpcName().equals(method));
        return page(
                visit, phone, "ask", new RpcForm(known ? method : "", typed, Ids.next(), trouble, List.of(), warnings));
    }

    Answer queue(Visit visit) {
        RpcTyped typed = new RpcTyped(visit);
        try {
            RpcActions.Request request = typed.request(clock.instant());
            if (!typed.isMeant()) {
                List<ModelWarnings.Warning> warnings = rpcs.warnings(visit.actor(), visit.segment(1), request);
                if (!warnings.isEmpty()) {
                    return form(visit, typed.method(), visit.everythingTyped(), Optional.empty(), warnings)
                            .withStatus(HttpStatus.UNPROCESSABLE_ENTITY_422);
                }
            }
            RpcActions.Found queued = rpcs.queue(visit.actor().once(typed.once()), visit.segment(1), request);
            return Answer.Redirect.to(
                    RpcView.brief(queued.rpc(), new Phone(queued.device(), -1)).link() + "?done=queued");
        } catch (ActionRefused refused) {
            if (refused.reason() instanceof ActionRefused.Invalid
                    || refused.reason() instanceof ActionRefused.Conflict) {
                return form(visit, typed.method(), visit.everythingTyped(), Optional.of(refused.sentence()), List.of())
                        .withStatus(HttpStatus.UNPROCESSABLE_ENTITY_422);
            }
            throw refused;
        }
    }

    /** Withdraws an RPC, or decides about one whose answer was lost. */
    Answer decide(Visit visit) {
        Phone phone = phones.phone(visit);
        String id = visit.segment(3);
        String wish = visit.typed("do");
        if (wish.equals("cancel")) {
            rpcs.cancel(visit.actor(), id);
            return Answer.Redirect.to(phone.link() + "/rpcs?done=cancelled");
        }
        RpcActions.Decision decision =
                switch (wish) {
                    case "succeeded" -> RpcActions.Decision.SUCCEEDED;
                    case "failed" -> RpcActions.Decision.FAILED;
                    case "again" -> RpcActions.Decision.QUEUE_AGAIN;
                    default -> throw ActionRefused.invalid("an RPC can be cancelled or decided about");
                };
        rpcs.decide(visit.actor(), id, decision);
        return Answer.Redirect.to(phone.link() + "/rpcs?done=decided");
    }

    private Answer.Page page(Visit visit, Phone phone, String template, Object view) {
        return Answer.Page.of(
                "phone/" + template,
                phones.frame(visit, phone),
                new Answer.Part("p", phones.head(visit, phone, "rpcs")),
                new Answer.Part("v", view));
    }
}
