package carillon.db;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of a document in their order, each with its writable flag: stored once for all devices that report the same. */
final class ParameterShape {
    /** One name. */
    record Name(String path, Optional<Boolean> writable) {}

    private final String id;
    private final byte[] packed;
    private final List<Name> names;
    private final Map<String, Integer> places;

    private ParameterShape(byte[] packed, List<Name> names) {
        this.id = idOf(packed);
        this.packed = packed;
        this.names = names;
        this.places = new HashMap<>(names.size() * 2);
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i).path(), i);
        }
    }

    /** As it was stored. */
    static ParameterShape of(byte[] packed) {
        List<Name> names = new ArrayList<>();
        new String(Packing.unpack(packed), StandardCharsets.UTF_8).lines().forEach(line -> {
            char writable = line.charAt(0);
            names.add(new Name(line.substring(1), writable == '?' ? Optional.empty() : Optional.of(writable == 'w')));
        });
        return new ParameterShape(packed, names);
    }

    /** Of names in their order. */
    static ParameterShape of(List<Name> names) {
        StringBuilder lines = new StringBuilder();
        for (Name name : names) {
            lines.append(name.writable().map(may -> may ? 'w' : 'r').orElse('?'))
                    .append(name.path())
                    .append('\n');
        }
        return new ParameterShape(Packing.pack(lines.toString().getBytes(StandardCharsets.UTF_8)), names);
    }

    private static String idOf(byte[] packed) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(packed))
                    .substring(0, 40);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without SHA-256", impossible);
        }
    }

    /** The id under which it is shared. */
    String id() {
        return id;
    }

    /** As it is stored. */
    byte[] packed() {
        return packed;
    }

    Name name(int place) {
        return names.get(place);
    }

    int size() {
        return names.size();
    }

    /** Where this name stands; -1 where it does not. */
    int place(String path) {
        return places.getOrDefault(path, -1);
    }

    /** The shapes that were used last, so that a document is read without unpacking its names. Thread-safe. */
    static final class Recent {
        /** Of all shapes together; some 200 octets each. */
        private static final int MOST_NAMES = 200_000;

        private final LinkedHashMap<String, ParameterShape> shapes = new LinkedHashMap<>(16, 0.75f, true);
        private int names;

        synchronized Optional<ParameterShape> find(String id) {
            return Optional.ofNullable(shapes.get(id));
        }

        synchronized void forgetAll() {
            shapes.clear();
            names = 0;
        }

        synchronized void add(ParameterShape shape) {
            if (shape.size() > MOST_NAMES / 2 || shapes.putIfAbsent(shape.id(), shape) != null) {
                return;
            }
            names += shape.size();
            var oldest = shapes.values().iterator();
            while (names > MOST_NAMES) {
                names -= oldest.next().size();
                oldest.remove();
            }
        }
    }
}
