package carillon.cwmp.codec;

import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * The lists that can be long, read entry by entry. A bad entry is left out with a remark and the rest is kept; of
 * entries with one name the last one counts.
 */
final class ParameterLists {
    private ParameterLists() {}

    /** The cursor stands on a list of ParameterValueStruct. */
    static List<ParameterValue> values(XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        List<ParameterValue> values = new ArrayList<>();
        while (in.nextChild()) {
            in.countEntry();
            if (in.name().equals("ParameterValueStruct")) {
                value(in, values);
            } else {
                in.skip();
            }
        }
        return lastWins(values, ParameterValue::path, in.remarks());
    }

    private static void value(XmlCursor in, List<ParameterValue> values)
            throws XMLStreamException, MalformedEnvelopeException {
        String name = "";
        String value = null;
        ParameterType type = ParameterType.STRING;
        while (in.nextChild()) {
            switch (in.name()) {
                case "Name" -> name = in.text().strip();
                case "Value" -> {
                    type = in.valueType();
                    value = in.text();
                }
                default -> in.skip();
            }
        }
        if (!Scalars.isName(name)) {
            in.remarks().add("the name '" + name + "' is none, its value was skipped");
        } else if (value == null) {
            in.remarks().add("a parameter without Value was skipped: " + name);
        } else {
            values.add(new ParameterValue(name, value, type));
        }
    }

    /** The cursor stands on a list of ParameterInfoStruct. */
    static List<ParameterInfo> infos(XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        List<ParameterInfo> infos = new ArrayList<>();
        while (in.nextChild()) {
            in.countEntry();
            if (!in.name().equals("ParameterInfoStruct")) {
                in.skip();
                continue;
            }
            String name = "";
            boolean writable = false;
            while (in.nextChild()) {
                switch (in.name()) {
                    case "Name" -> name = in.text().strip();
                    case "Writable" -> writable = Scalars.writable(in.text(), in.remarks());
                    default -> in.skip();
                }
            }
            if (Scalars.isName(name)) {
                infos.add(new ParameterInfo(name, writable));
            } else {
                in.remarks().add("the name '" + name + "' is none and was skipped");
            }
        }
        return lastWins(infos, ParameterInfo::path, in.remarks());
    }

    /** The cursor stands on a list of ParameterAttributeStruct. */
    static List<ParameterAttribute> attributes(XmlCursor in) throws XMLStreamException, MalformedEnvelopeException {
        List<ParameterAttribute> attributes = new ArrayList<>();
        while (in.nextChild()) {
            in.countEntry();
            if (!in.name().equals("ParameterAttributeStruct")) {
                in.skip();
                continue;
            }
            String name = "";
            int notification = 0;
            List<String> accessList = List.of();
            while (in.nextChild()) {
                switch (in.name()) {
                    case "Name" -> name = in.text().strip();
                    case "Notification" -> notification = Scalars.signed(in.text(), "Notification", in.remarks());
                    case "AccessList" -> accessList = words(in, "string");
                    default -> in.skip();
                }
            }
            if (Scalars.isName(name)) {
                attributes.add(new ParameterAttribute(name, notification, accessList));
            } else {
                in.remarks().add("the name '" + name + "' is none and was skipped");
            }
        }
        return lastWins(attributes, ParameterAttribute::path, in.remarks());
    }

    /** The cursor stands on a list of plain texts in elements of this name. */
    static List<String> words(XmlCursor in, String element) throws XMLStreamException, MalformedEnvelopeException {
        List<String> words = new ArrayList<>();
        while (in.nextChild()) {
            in.countEntry();
            if (in.name().equals(element)) {
                words.add(in.text().strip());
            } else {
                in.skip();
            }
        }
        return words;
    }

    private static <T> List<T> lastWins(List<T> entries, Function<T, String> name, Remarks remarks) {
        String twice = firstTwice(entries, name);
        if (twice == null) {
            return entries;
        }
        remarks.add("a name came more than once, the last counts: " + twice);
        Map<String, T> last = new LinkedHashMap<>();
        for (T entry : entries) {
            last.put(name.apply(entry), entry);
        }
        return new ArrayList<>(last.values());
    }

    /** A name that comes more than once; null where none does. One array of numbers, where a set takes a node of each name. */
    @Nullable
    private static <T> String firstTwice(List<T> entries, Function<T, String> name) {
        int[] places = new int[Integer.highestOneBit(entries.size() + 1) * 4];
        int steps = 0;
        for (int i = 0; i < entries.size(); i++) {
            String wanted = name.apply(entries.get(i));
            int slot = spread(wanted) & (places.length - 1);
            while (places[slot] != 0) {
                if (name.apply(entries.get(places[slot] - 1)).equals(wanted)) {
                    return wanted;
                }
                if (++steps > 8 * entries.size()) {
                    return firstTwiceOfColliding(entries, name);
                }
                slot = (slot + 1) & (places.length - 1);
            }
            places[slot] = i + 1;
        }
        return null;
    }

    private static int spread(String text) {
        int hash = text.hashCode() * 0x9e3779b9;
        return hash ^ (hash >>> 15);
    }

    /** For names that were chosen to have one hash. */
    @Nullable
    private static <T> String firstTwiceOfColliding(List<T> entries, Function<T, String> name) {
        Set<String> seen = new HashSet<>(entries.size() * 2);
        for (T entry : entries) {
            if (!seen.add(name.apply(entry))) {
                return name.apply(entry);
            }
        }
        return null;
    }
}
