package carillon.server.console;

import carillon.db.Page;
import carillon.db.ReportedParameter;
import carillon.db.Stores;
import carillon.server.access.Permission;
import carillon.server.console.view.ParametersView;
import carillon.server.console.view.Phone;
import carillon.server.console.view.Query;
import carillon.server.console.view.Trail;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.Guard;
import carillon.server.operator.RpcActions;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a phone reported: its parameters as a tree, or by what is in their names. */
final class ParameterPages {
    private static final int PAGE = 100;
    private static final int FOUND = 200;
    private static final int ALL = 100_000;

    private final Guard guard;
    private final RpcActions rpcs;
    private final PhonePages phones;
    private final ObjectMapper json = new ObjectMapper();

    ParameterPages(Guard guard, RpcActions rpcs, PhonePages phones) {
        this.guard = guard;
        this.rpcs = rpcs;
        this.phones = phones;
    }

    Answer tree(Visit visit) {
        Phone phone = phones.phone(visit);
        String sought = visit.asked("q").strip();
        ParametersView view = guard.read(
                visit.actor(),
                Permission.READ,
                stores -> sought.isEmpty() ? level(stores, visit, phone) : found(stores, phone, sought));
        return Answer.Page.of(
                "phone/parameters",
                phones.frame(visit, phone),
                new Answer.Part("p", phones.head(visit, phone, "parameters")),
                new Answer.Part("v", view));
    }

    private static ParametersView level(Stores stores, Visit visit, Phone phone) {
        String path = visit.asked("path");
        String cursor = visit.asked("cursor");
        Page<ReportedParameter> page = below(stores, phone, path, cursor);
        List<ReportedParameter> roots = page.items();
        if (path.isEmpty() && roots.size() == 1 && roots.get(0).path().endsWith(".")) {
            path = roots.get(0).path(); // a step with one way only
            page = below(stores, phone, path, cursor);
        }
        String shown = path;
        List<ReportedParameter> rows =
                page.items().stream().filter(row -> !row.path().equals(shown)).toList();
        String link = phone.link() + "/parameters?path=" + Query.of(path);
        return new ParametersView(path, "", rows, page.total(), 0, HistoryPages.trail(link, cursor, page.next()));
    }

    private static Page<ReportedParameter> below(Stores stores, Phone phone, String path, String cursor) {
        return stores.parameters().list(phone.device().key(), path, 1, PAGE, cursor);
    }

    private static ParametersView found(Stores stores, Phone phone, String sought) {
        String folded = sought.toLowerCase(Locale.ROOT);
        List<ReportedParameter> all =
                stores.parameters().list(phone.device().key(), "", 0, ALL, "").items();
        List<ReportedParameter> fitting = all.stream()
                .filter(row -> !row.path().endsWith("."))
                .filter(row -> row.path().toLowerCase(Locale.ROOT).contains(folded))
                .toList();
        return new ParametersView(
                "",
                sought,
                fitting.subList(0, Math.min(FOUND, fitting.size())),
                all.size(),
                Math.max(0, fitting.size() - FOUND),
                new Trail(Optional.empty(), Optional.empty()));
    }

    /** Asks the phone what it has below a path: its values, or its names. */
    Answer read(Visit visit) {
        Phone phone = phones.phone(visit);
        String path = visit.typed("path");
        String from = path.isEmpty() ? root(phone) : path;
        ObjectNode arguments = json.createObjectNode();
        String method;
        switch (visit.typed("read")) {
            case "values" -> {
                // its names first: they tell which of the values can be set
                ObjectNode names = json.createObjectNode().put("path", from).put("nextLevel", false);
                rpcs.queue(
                        visit.actor(),
                        phone.id(),
                        RpcActions.Request.now("GetParameterNames", names.toString(), false));
                method = "GetParameterValues";
                arguments.putArray("paths").add(from);
            }
            case "names" -> {
                method = "GetParameterNames";
                arguments.put("path", from).put("nextLevel", false);
            }
            case "everything" -> {
                method = "GetParameterNames";
                arguments.put("path", path).put("discover", true);
            }
            default -> throw ActionRefused.invalid("either values, names or everything can be read");
        }
        rpcs.queue(visit.actor(), phone.id(), RpcActions.Request.now(method, arguments.toString(), true));
        return Answer.Redirect.to(phone.link() + "/parameters?path=" + Query.of(path) + "&done=reading");
    }

    private static String root(Phone phone) {
        String root = phone.device().reported().rootObject();
        return root.isEmpty() ? "Device." : root;
    }
}
