package carillon.phones;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of one phone: its model's, and what differs on this phone. Used by one thread at a time. */
final class PhoneValues {
    private static final Pattern ROW = Pattern.compile("\\.[0-9]+\\.");

    private static final String UP_TIME = "Device.DeviceInfo.UpTime";
    private static final String LOCAL_TIME = "Device.Time.CurrentLocalTime";

    private final PhoneModel model;
    private final InstantSource clock;
    private Instant booted;
    private final Map<String, String> changed = new TreeMap<>();
    private final NavigableMap<String, PhoneModel.Definition> added = new TreeMap<>();
    private final TreeSet<String> deleted = new TreeSet<>();
    private final Map<String, Integer> highest = new TreeMap<>();

    PhoneValues(PhoneModel model, InstantSource clock) {
        this.model = model;
        this.clock = clock;
        this.booted = clock.instant();
    }

    /** It has just started. */
    void boots() {
        booted = clock.instant();
    }

    /** Back to the factory; the caller puts the phone's own identity back. */
    void reset() {
        changed.clear();
        added.clear();
        deleted.clear();
        highest.clear();
    }

    Optional<PhoneModel.Definition> definition(String path) {
        PhoneModel.Definition mine = added.get(path);
        if (mine != null) {
            return Optional.of(mine);
        }
        return isDeleted(path)
                ? Optional.empty()
                : Optional.ofNullable(model.parameters().get(path));
    }

    private boolean isDeleted(String path) {
        String floor = deleted.isEmpty() ? null : deleted.floor(path);
        return floor != null && path.startsWith(floor);
    }

    /** The value; a password reads as nothing. */
    Optional<ParameterValue> read(String path) {
        return definition(path)
                .map(definition -> new ParameterValue(path, isHidden(path) ? "" : value(path), definition.type()));
    }

    /** The value as the phone itself uses it. */
    String value(String path) {
        String mine = changed.get(path);
        if (mine != null) {
            return mine;
        }
        // two that move by themselves
        return switch (path) {
            case UP_TIME ->
                Long.toString(
                        Math.max(0, Duration.between(booted, clock.instant()).toSeconds()));
            case LOCAL_TIME -> CwmpTime.of(clock.instant()).text();
            default -> definition(path).map(PhoneModel.Definition::factoryValue).orElse("");
        };
    }

    ParameterType type(String path) {
        return definition(path).map(PhoneModel.Definition::type).orElse(ParameterType.STRING);
    }

    void set(String path, String value) {
        changed.put(path, value);
    }

    /** The number that this text is, or another one where it is none. */
    static long number(String text, long otherwise) {
        return text.matches("[0-9]{1,10}") ? Long.parseLong(text) : otherwise;
    }

    static boolean isHidden(String path) {
        return path.endsWith("Password");
    }

    /** Every parameter at or below a path. */
    List<String> below(String path) {
        List<String> found = new ArrayList<>();
        if (!path.isEmpty() && !path.endsWith(".")) {
            definition(path).ifPresent(any -> found.add(path));
            return found;
        }
        for (String name : model.parameters().tailMap(path, true).keySet()) {
            if (!name.startsWith(path)) {
                break;
            }
            if (!isDeleted(name)) {
                found.add(name);
            }
        }
        for (String name : added.tailMap(path, true).keySet()) {
            if (!name.startsWith(path)) {
                break;
            }
            found.add(name);
        }
        return found;
    }

    /** What GetParameterNames says (TR-069 Amendment 6, A.3.2.3); empty where the path names nothing. */
    Optional<List<ParameterInfo>> names(String path, boolean nextLevel) {
        List<String> below = below(path);
        if (below.isEmpty() && !isTable(path)) {
            return Optional.empty();
        }
        TreeMap<String, Boolean> names = new TreeMap<>();
        if (!nextLevel && path.endsWith(".")) {
            names.put(path, isWritableObject(path));
        }
        for (String name : below) {
            if (nextLevel) {
                int dot = name.indexOf('.', path.length());
                String level = dot < 0 ? name : name.substring(0, dot + 1);
                names.putIfAbsent(level, dot < 0 ? isWritable(name) : isWritableObject(level));
            } else {
                names.put(name, isWritable(name));
                for (int dot = name.indexOf('.', path.length()); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                    String object = name.substring(0, dot + 1);
                    names.putIfAbsent(object, isWritableObject(object));
                }
            }
        }
        List<ParameterInfo> infos = new ArrayList<>(names.size());
        names.forEach((name, writable) -> infos.add(new ParameterInfo(name, writable)));
        return Optional.of(infos);
    }

    private boolean isWritable(String path) {
        return definition(path).map(PhoneModel.Definition::writable).orElse(false);
    }

    private boolean isWritableObject(String path) {
        return isTable(path) || isInstance(path);
    }

    /** Whether it is a table of this phone: one in a row that does not exist is none. */
    private boolean isTable(String path) {
        if (!model.isTable(path)) {
            return false;
        }
        int end = rowBefore(path);
        return end == 0 || !below(path.substring(0, end)).isEmpty();
    }

    /** Where the last numbered row in the path ends; 0 where there is none. */
    private static int rowBefore(String path) {
        Matcher row = ROW.matcher(path);
        int end = 0;
        while (row.find()) {
            end = row.end();
        }
        return end;
    }

    /** Whether it is {@code table.N.}. */
    boolean isInstance(String path) {
        int dot = path.length() < 2 ? -1 : path.lastIndexOf('.', path.length() - 2);
        return path.endsWith(".")
                && dot > 0
                && path.substring(dot + 1, path.length() - 1).matches("[0-9]+")
                && model.isTable(path.substring(0, dot + 1));
    }

    /** Adds a row like the first one of the model; its number, or nothing where there is no such table. */
    Optional<Integer> add(String table) {
        if (!isTable(table)) {
            return Optional.empty();
        }
        int instance = highest.getOrDefault(table, highestIn(table)) + 1;
        highest.put(table, instance);
        String pattern = PhoneModel.template(table) + "1.";
        model.parameters()
                .subMap(pattern, pattern + '\uffff')
                .forEach((name, definition) ->
                        added.put(table + instance + "." + name.substring(pattern.length()), definition));
        return Optional.of(instance);
    }

    private int highestIn(String table) {
        int highestSeen = 0;
        for (String name : below(table)) {
            String rest = name.substring(table.length());
            highestSeen = Math.max(highestSeen, Integer.parseInt(rest.substring(0, rest.indexOf('.'))));
        }
        return highestSeen;
    }

    /** Deletes a row; false where there is none. */
    boolean delete(String instance) {
        if (!isInstance(instance) || below(instance).isEmpty()) {
            return false;
        }
        String table = instance.substring(0, instance.lastIndexOf('.', instance.length() - 2) + 1);
        highest.putIfAbsent(table, highestIn(table));
        added.subMap(instance, instance + '\uffff').clear();
        changed.keySet().removeIf(name -> name.startsWith(instance));
        if (!model.parameters().subMap(instance, instance + '\uffff').isEmpty()) {
            // rows within it that were deleted before: the lookup sees one entry above a path, so there must be one
            deleted.subSet(instance, instance + '\uffff').clear();
            deleted.add(instance);
        }
        return true;
    }

    /** What a phone with these values sends when it is asked for a file of this type: its log, or what is set on it. */
    byte[] usualFile(String fileType, String id) {
        StringBuilder text = new StringBuilder();
        if (fileType.contains("Log")) {
            text.append(CwmpTime.of(clock.instant()).text())
                    .append(' ')
                    .append(id)
                    .append(" is well\n");
        } else {
            for (String path : below("Device.")) {
                read(path).ifPresent(value -> text.append(path)
                        .append('=')
                        .append(value.value())
                        .append('\n'));
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
