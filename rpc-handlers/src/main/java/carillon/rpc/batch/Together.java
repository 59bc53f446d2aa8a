package carillon.rpc.batch;

import carillon.cwmp.ParameterPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which parameters travel in one SetParameterValues: those of one row of a table depend on each other, a line's user name
 * and its password, and so do those of one object that lies in no table (CWMP-151).
 */
final class Together {
    private static final Pattern ROW = Pattern.compile(".*\\.(?:\\d+|\\[[^\\]]*\\])\\.");

    private Together() {}

    /** The innermost row that a parameter lies in, else its object. */
    static String object(String path) {
        Matcher row = ROW.matcher(path);
        return row.lookingAt() ? row.group() : new ParameterPath(path).parent().text();
    }

    /** Calls of at most so many values, more only where one object has more. */
    static List<List<String>> calls(List<String> paths, int most) {
        Map<String, List<String>> objects = new LinkedHashMap<>();
        paths.forEach(path ->
                objects.computeIfAbsent(object(path), any -> new ArrayList<>()).add(path));
        List<List<String>> calls = new ArrayList<>();
        List<String> call = new ArrayList<>();
        for (List<String> object : objects.values()) {
            if (!call.isEmpty() && call.size() + object.size() > most) {
                calls.add(call);
                call = new ArrayList<>();
            }
            call.addAll(object);
        }
        if (!call.isEmpty()) {
            calls.add(call);
        }
        return calls;
    }

    /** Where to part a call in two: between two objects, as near to the middle as may be, else in the middle. */
    static int half(List<String> call) {
        int middle = call.size() / 2;
        int best = 0;
        for (int i = 1; i < call.size(); i++) {
            boolean between = !object(call.get(i - 1)).equals(object(call.get(i)));
            if (between && (best == 0 || Math.abs(i - middle) < Math.abs(best - middle))) {
                best = i;
            }
        }
        return best == 0 ? middle : best;
    }
}
