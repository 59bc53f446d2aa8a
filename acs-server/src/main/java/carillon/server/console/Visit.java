package carillon.server.console;

import carillon.server.access.Identity;
import carillon.server.console.view.Words;
import carillon.server.operator.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.Fields;

/**
 * One request of a browser, read.
 *
 * @param path its segments, decoded once
 * @param here path and query as they were sent
 * @param form the form's fields, empty where it is no form
 * @param sent the file that came with the form
 * @param cookie of the session, empty without one
 * @param secure whether it came over HTTPS
 */
record Visit(
        boolean post,
        List<String> path,
        String here,
        Fields query,
        Fields form,
        Optional<Sent> sent,
        Optional<Identity> identity,
        String cookie,
        Words words,
        String theme,
        String address,
        boolean secure) {
    private static final int LONGEST = 400;

    /** The segment of the path, empty where there is none. */
    String segment(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    /** A parameter of the query, empty where there is none. */
    String asked(String name) {
        String value = query.getValue(name);
        return value == null ? "" : value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    /** A field of the form, empty where there is none. */
    String typed(String name) {
        String value = form.getValue(name);
        return value == null ? "" : value;
    }

    /** All texts of a field of the form, one for each row. */
    List<String> typedAll(String name) {
        return form.getValuesOrEmpty(name);
    }

    /** All fields of the form. */
    Map<String, List<String>> everythingTyped() {
        return form.stream().collect(java.util.stream.Collectors.toMap(Fields.Field::getName, Fields.Field::getValues));
    }

    /** Who acts; only for somebody who is logged in. */
    Actor actor() {
        return Actor.of(identity.orElseThrow());
    }

    /** The text as a path of this server, or the beginning where it leads elsewhere. */
    static String local(String path) {
        boolean ours = path.startsWith("/")
                && !path.startsWith("//")
                && path.length() <= 2000
                && path.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
        return ours ? path : "/";
    }
}
