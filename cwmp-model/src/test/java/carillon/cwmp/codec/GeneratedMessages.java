package carillon.cwmp.codec;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Fault;
import carillon.cwmp.ParameterType;
import carillon.cwmp.Secret;
import carillon.cwmp.codec.EnvelopeReader.Peer;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Empty;
import carillon.cwmp.message.FaultMessage;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Messages of every kind with values of every kind, made from a seed: what a writer and a reader must agree on. */
final class GeneratedMessages {
    private static final String[] PIECES = {
        "Device.",
        "1",
        "Line",
        "a b",
        "<",
        ">",
        "&",
        "&amp;",
        "\"",
        "'",
        "]]>",
        "\t",
        "\n",
        "\r",
        "\u00e9",
        "\u20ac",
        "\ud83d\ude00",
        "\u0085",
        "xsd:",
        "%00",
        "{}",
        "--"
    };

    private final Random random;
    private int named;
    private boolean autonomous;

    GeneratedMessages(long seed) {
        this.random = new Random(seed);
    }

    /** The records of all families, without the empty message, which has no envelope. */
    static List<Class<?>> kinds() {
        return below(CwmpMessage.class).stream()
                .filter(kind -> kind != Empty.class)
                .toList();
    }

    private static List<Class<?>> below(Class<?> family) {
        if (!family.isSealed()) {
            return List.of(family);
        }
        List<Class<?>> kinds = new ArrayList<>();
        for (Class<?> member : family.getPermittedSubclasses()) {
            kinds.addAll(below(member));
        }
        return kinds;
    }

    static Peer sender(CwmpMessage message) {
        return message instanceof AcsRequest || message instanceof AcsResponse ? Peer.ACS : Peer.CPE;
    }

    CwmpMessage of(Class<?> kind) {
        autonomous = kind == CpeRequest.AutonomousDuStateChangeComplete.class;
        if (kind == FaultMessage.class) {
            return new FaultMessage(fault());
        }
        return (CwmpMessage) (kind == CpeRequest.Unknown.class ? new CpeRequest.Unknown("X_" + named++) : one(kind));
    }

    String text() {
        if (random.nextInt(6) == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder().append((char) ('a' + random.nextInt(26)));
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.append((char) ('A' + random.nextInt(26))).toString();
    }

    private Fault fault() {
        return random.nextInt(4) == 0
                ? new Fault(0, "no " + text() + ".", List.of())
                : new Fault(8000 + random.nextInt(1900), text(), list(Fault.ParameterFault.class, "parameters"));
    }

    private Object one(Class<?> kind) {
        RecordComponent[] components = kind.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(components[i].getGenericType(), components[i].getName());
        }
        try {
            var constructor = kind.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("no " + kind + " can be made", impossible);
        }
    }

    private Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            Type inner = generic.getActualTypeArguments()[0];
            return generic.getRawType() == Optional.class
                    ? (random.nextBoolean() ? Optional.of(value(inner, name)) : Optional.empty())
                    : list(inner, name);
        }
        if (type == String.class) {
            return string(name);
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == long.class) {
            return random.nextBoolean() ? random.nextInt(4) : random.nextLong() & 0xffff_ffffL;
        } else if (type == int.class || type == Integer.class) {
            boolean signed = name.equals("notification") || name.equals("maxRetries");
            int size = random.nextBoolean() ? random.nextInt(4) : random.nextInt(Integer.MAX_VALUE);
            return name.equals("code") ? size % 10_000 : signed && random.nextBoolean() ? -size : size;
        } else if (type == CwmpTime.class) {
            return random.nextBoolean() ? CwmpTime.UNKNOWN : new CwmpTime("2026-03-01T08:00:0" + random.nextInt(10));
        } else if (type == Secret.class) {
            return new Secret(text());
        } else if (type == ParameterType.class) {
            return ParameterType.values()[random.nextInt(ParameterType.values().length)];
        } else if (type == Fault.class) {
            return new Fault(random.nextInt(10_000), text(), List.of());
        } else if (type == DeviceId.class) {
            return new DeviceId(String.format(Locale.ROOT, "%06X", random.nextInt(1 << 24)), text(), "S" + text());
        }
        Class<?> kind = (Class<?>) type;
        if (kind.isSealed()) {
            List<Class<?>> members = below(kind);
            return one(members.get(random.nextInt(members.size())));
        }
        return one(kind);
    }

    private String string(String name) {
        return switch (name) {
            // Of two entries with one name a reader keeps one.
            case "path" -> "Device.\u00e9[<&>]." + named++;
            case "code" -> random.nextInt(10) + " X" + text() + "X";
            case "operationPerformed" -> autonomous ? text() : "";
            default -> text();
        };
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> list(Type entry, String name) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add((T) value(entry, name));
        }
        return list;
    }
}
