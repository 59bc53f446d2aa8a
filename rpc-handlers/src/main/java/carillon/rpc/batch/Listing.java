package carillon.rpc.batch;

import carillon.cwmp.ParameterInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a GetParameterNamesResponse says, put right: names of elsewhere are left out, and where a name is listed without the
 * objects it lies in, these are added.
 *
 * @param names all names below the path, objects before what they hold
 * @param objects those below which nothing was listed, so that nobody knows what they hold
 * @param leaves the parameters
 */
public record Listing(List<ParameterInfo> names, List<String> objects, List<String> leaves) {
    public Listing {
        names = List.copyOf(names);
        objects = List.copyOf(objects);
        leaves = List.copyOf(leaves);
    }

    /**
     * Reads an answer.
     *
     * @param path that was asked
     * @param start where levels are counted from
     * @param depth how many levels below the start are wanted; 0 means all
     */
    public static Listing of(String path, List<ParameterInfo> infos, String start, int depth) {
        List<ParameterInfo> wanted = infos.stream()
                .filter(info -> info.path().startsWith(path)
                        && info.path().startsWith(start)
                        && info.path().length() > Math.max(path.length(), start.length())
                        && (depth == 0 || level(info.path(), start) <= depth))
                .toList();
        List<ParameterInfo> names = closed(path.length() > start.length() ? path : start, wanted);
        Set<String> holders = new HashSet<>();
        names.forEach(info -> holders.add(Names.parent(info.path())));
        List<String> objects = new ArrayList<>();
        List<String> leaves = new ArrayList<>();
        for (ParameterInfo info : names) {
            if (!info.path().endsWith(".")) {
                leaves.add(info.path());
            } else if (!holders.contains(info.path()) && (depth == 0 || level(info.path(), start) < depth)) {
                objects.add(info.path());
            }
        }
        return new Listing(names, objects, leaves);
    }

    /** The same list with the objects that are missing in it. */
    public static List<ParameterInfo> closed(String path, List<ParameterInfo> infos) {
        Map<String, ParameterInfo> all = new LinkedHashMap<>(infos.size() * 2);
        Map<String, ParameterInfo> listed = new LinkedHashMap<>(infos.size() * 2);
        infos.forEach(info -> listed.put(info.path(), info));
        for (ParameterInfo info : infos) {
            List<String> missing = new ArrayList<>();
            for (String object = Names.parent(info.path());
                    object.length() > path.length() && object.startsWith(path) && !all.containsKey(object);
                    object = Names.parent(object)) {
                missing.add(0, object);
            }
            for (String object : missing) {
                ParameterInfo own = listed.get(object);
                all.put(object, own == null ? new ParameterInfo(object, false) : own);
            }
            all.putIfAbsent(info.path(), listed.getOrDefault(info.path(), info));
        }
        return List.copyOf(all.values());
    }

    private static int level(String name, String start) {
        int dots = 0;
        for (int i = start.length(); i < name.length() - 1; i++) {
            if (name.charAt(i) == '.') {
                dots++;
            }
        }
        return dots + 1;
    }
}
