package carillon.rpc.outbound;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterPath;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.Effect;
import carillon.rpc.session.CwmpSession;
import carillon.rpc.session.Outstanding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names that a phone says it does not have (9005), and that may be remembered from before: somebody else removed a row, or
 * the firmware changed. Their table is listed once more, and what is not there any more is forgotten (CWMP-185).
 */
final class Vanished {
    /** So many listings of this kind are worth a session's time. */
    private static final int MOST_LOOKS = 8;

    private static final int MOST_NAMES = 200;

    /** A table and a row of it, anywhere in a path. */
    private static final Pattern ROW = Pattern.compile("(.*\\.)(?:\\d+|\\[[^\\]]*\\])\\.");

    private Vanished() {}

    /** The names of a request that its fault may be about. */
    static List<String> names(AcsRequest request, Fault fault) {
        int unknown = FaultCode.INVALID_PARAMETER_NAME.number();
        List<String> blamed = fault.parameters().stream()
                .filter(parameter -> parameter.code() == unknown)
                .map(Fault.ParameterFault::path)
                .toList();
        return !blamed.isEmpty() || fault.code() != unknown ? blamed : Addressing.paths(request);
    }

    /** Remembers that the tables of these are to be looked at; a parameter that lies in no table is forgotten. */
    static Draft noted(Draft before, List<String> names) {
        Draft draft = before.with(names.stream()
                .filter(name ->
                        !name.isEmpty() && !name.endsWith(".") && holder(name).isEmpty())
                .limit(MOST_NAMES)
                .<Effect>map(Effect.ParametersForgotten::new)
                .toList());
        CwmpSession.Vanished was = draft.session().memory().vanished();
        List<String> news = names.stream()
                .filter(name -> !holder(name).isEmpty()
                        && !was.looked().contains(holder(name))
                        && !was.names().contains(name))
                .limit(MOST_NAMES - was.names().size())
                .toList();
        if (news.isEmpty() || was.looked().size() >= MOST_LOOKS) {
            return draft;
        }
        Set<String> all = new LinkedHashSet<>(was.names());
        all.addAll(news);
        return with(draft, new CwmpSession.Vanished(List.copyOf(all), was.looked()));
    }

    private static Draft with(Draft draft, CwmpSession.Vanished vanished) {
        return draft.with(draft.session().change().vanished(vanished).session());
    }

    /** Lists the table of the first of the names that are to be looked for, once in a session. */
    static Draft look(Draft draft) {
        CwmpSession.Vanished was = draft.session().memory().vanished();
        if (was.names().isEmpty() || was.looked().size() >= MOST_LOOKS) {
            return draft;
        }
        String holder = holder(was.names().get(0));
        List<String> of =
                was.names().stream().filter(name -> holder(name).equals(holder)).toList();
        List<String> others =
                was.names().stream().filter(name -> !of.contains(name)).toList();
        Set<String> looked = new HashSet<>(was.looked());
        looked.add(holder);
        return with(draft, new CwmpSession.Vanished(others, looked))
                .send(new Outstanding.Rediscovery(of, new AcsRequest.GetParameterNames(holder, true)));
    }

    /** What the listing showed. */
    static Draft seen(Draft draft, Outstanding.Rediscovery look, CpeResponse.GetParameterNamesResponse answer) {
        Set<String> there = new HashSet<>();
        answer.parameters().stream().map(ParameterInfo::path).forEach(there::add);
        Set<String> gone = new LinkedHashSet<>();
        for (String name : look.names()) {
            if (!there.contains(row(name))) {
                gone.add(row(name));
            } else if (!name.endsWith(".")) {
                gone.add(name); // the row is there, and this name in it is not
            }
        }
        List<Effect> effects = new ArrayList<>();
        gone.forEach(path -> effects.add(new Effect.ParametersForgotten(path)));
        effects.add(new Effect.NamesReported(answer.parameters(), draft.now()));
        return draft.with(effects);
    }

    /** The phone does not list it: what it says it does not have is forgotten. */
    static Draft refused(Draft draft, Outstanding.Rediscovery look, Fault fault) {
        String holder = ((AcsRequest.GetParameterNames) look.request()).path();
        boolean isTable = look.names().stream()
                .anyMatch(name -> !row(name).equals(name) || ROW.matcher(name).matches());
        return isTable && fault.code() == FaultCode.INVALID_PARAMETER_NAME.number()
                ? draft.with(new Effect.ParametersForgotten(holder))
                : draft;
    }

    /**
     * The table of the last row in the name, else the object that an object lies in; empty where there is none. Phones refuse
     * objects as a whole that they have, so these are looked for before they are forgotten.
     */
    private static String holder(String name) {
        Matcher row = ROW.matcher(name);
        if (row.lookingAt()) {
            return row.group(1);
        }
        return name.endsWith(".") ? new ParameterPath(name).parent().text() : "";
    }

    /** The last row in the name. */
    private static String row(String name) {
        Matcher row = ROW.matcher(name);
        return row.lookingAt() ? row.group() : name;
    }
}
