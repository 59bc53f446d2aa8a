package carillon.cwmp.flatprofile;

import carillon.cwmp.flatprofile.ProfileEntry.Attributes;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLInputFactory2;

/**
 * Reads profiles as phones and people write them: with or without {@code <device>} around, with comments, with secrets
 * that were hidden. Document types and entities of one's own are refused, as is what is too large. May be used by many
 * threads.
 */
public final class FlatProfileReader {
    /** The largest profile that is read, in octets. */
    public static final int LARGEST = 4 * 1024 * 1024;

    private static final int MOST_ENTRIES = 20_000;
    private static final int LONGEST_VALUE = 65_536;
    private static final String ROUTER = "router-configuration";
    private static final Pattern COMMENTED =
            Pattern.compile("<([A-Za-z_][A-Za-z0-9_.\\-]{0,127})((?:\\s[^<>]*)?)(?:/>|>[^<>]*</\\1\\s*>)");
    private static final Pattern BLANKS = Pattern.compile("[\\r\\n\\t]+[ \\t]*");

    private final EmptyElements emptyElements;
    private final XMLInputFactory factory;

    /** A reader that understands elements without text in this way. */
    public FlatProfileReader(EmptyElements emptyElements) {
        this.emptyElements = emptyElements;
        this.factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    }

    /**
     * A profile, and what was strange about the file.
     *
     * @param profile what was read
     * @param remarks sentences for people: keys that occur twice, attributes that nobody knows
     */
    public record Reading(FlatProfile profile, List<String> remarks) {
        public Reading {
            remarks = List.copyOf(remarks);
        }
    }

    /** Reads a file. */
    public Reading read(byte[] file) throws MalformedProfileException {
        if (file.length > LARGEST) {
            throw new MalformedProfileException(
                    "the profile has " + file.length + " octets; at most " + LARGEST + " are read");
        }
        refusePacked(file);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(file));
            try {
                return new Pass(xml).read();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException wrong) {
            throw new MalformedProfileException("the profile is not well-formed XML" + place(wrong));
        }
    }

    private static void refusePacked(byte[] file) throws MalformedProfileException {
        if (file.length >= 2 && file[0] == 0x1f && (file[1] & 0xff) == 0x8b) {
            throw new MalformedProfileException("the file is compressed with gzip; unpack it first");
        }
        if (file.length >= 8 && new String(file, 0, 8, StandardCharsets.ISO_8859_1).equals("Salted__")) {
            throw new MalformedProfileException("the file is encrypted; decrypt it first");
        }
    }

    private static String place(XMLStreamException wrong) {
        return wrong.getLocation() == null
                ? ""
                : ", line " + wrong.getLocation().getLineNumber() + ", column "
                        + wrong.getLocation().getColumnNumber();
    }

    /** One way through one file. */
    private final class Pass {
        private final XMLStreamReader xml;
        private final List<ProfileEntry> entries = new ArrayList<>();
        private final Map<String, Integer> seen = new HashMap<>();
        private final List<String> remarks = new ArrayList<>();

        Pass(XMLStreamReader xml) {
            this.xml = xml;
        }

        Reading read() throws XMLStreamException, MalformedProfileException {
            String encoding = xml.getCharacterEncodingScheme();
            if (encoding != null && !encoding.equalsIgnoreCase("UTF-8") && !encoding.equalsIgnoreCase("US-ASCII")) {
                throw new MalformedProfileException(
                        "the profile says that it is in " + encoding + "; phones read UTF-8 alone");
            }
            int event = next();
            while (event != XMLStreamConstants.START_ELEMENT) {
                event = next();
            }
            switch (xml.getLocalName()) {
                case "flat-profile" -> children("", 0);
                case "device" -> device();
                default ->
                    throw new MalformedProfileException("the root element is <" + shortened(xml.getLocalName())
                            + "> and neither <flat-profile> nor <device>");
            }
            while (xml.hasNext()) {
                next();
            }
            return new Reading(FlatProfile.of(entries), remarks);
        }

        private void device() throws XMLStreamException, MalformedProfileException {
            boolean found = false;
            for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (xml.getLocalName().equals("flat-profile")) {
                    found = true;
                    children("", 0);
                } else if (xml.getLocalName().equals(ROUTER)) {
                    children("", 1);
                } else {
                    remarks.add("<" + shortened(xml.getLocalName()) + "> beside <flat-profile> is left out");
                    skip();
                }
            }
            if (!found) {
                throw new MalformedProfileException("<device> holds no <flat-profile>");
            }
        }

        /** Elements until the end of this one; depth 1 is the router's block, where each element is a group. */
        private void children(String group, int depth) throws XMLStreamException, MalformedProfileException {
            for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
                switch (event) {
                    case XMLStreamConstants.COMMENT -> commented(xml.getText(), group);
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> stray(xml.getText());
                    case XMLStreamConstants.START_ELEMENT -> {
                        String name = xml.getLocalName();
                        if (depth == 0 && name.equals(ROUTER)) {
                            children("", 1);
                        } else if (depth == 1) {
                            children(name, 2);
                        } else {
                            element(name, group);
                        }
                    }
                    default -> {}
                }
            }
        }

        private void element(String name, String group) throws XMLStreamException, MalformedProfileException {
            Attributes attributes = attributes(name);
            StringBuilder text = new StringBuilder();
            for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
                switch (event) {
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        text.append(xml.getText());
                        if (text.length() > LONGEST_VALUE) {
                            throw new MalformedProfileException(
                                    "the value of " + name + " is longer than " + LONGEST_VALUE + " characters");
                        }
                    }
                    case XMLStreamConstants.START_ELEMENT ->
                        throw new MalformedProfileException("<" + shortened(name) + "> holds <"
                                + shortened(xml.getLocalName()) + ">, line "
                                + xml.getLocation().getLineNumber()
                                + "; the elements of a flat profile hold text alone");
                    default -> {}
                }
            }
            value(name, BLANKS.matcher(text.toString().strip()).replaceAll(" "))
                    .ifPresent(value -> remember(group, name, value, attributes));
            if (entries.size() > MOST_ENTRIES) {
                throw new MalformedProfileException("the profile has more than " + MOST_ENTRIES + " elements");
            }
        }

        private Optional<ProfileValue> value(String name, String text) {
            if (text.equals("\"\"")) {
                return Optional.of(new ProfileValue.Text(""));
            }
            if (!text.isEmpty()) {
                return Optional.of(
                        text.chars().allMatch(c -> c == '*')
                                ? new ProfileValue.Unknown(ProfileValue.Why.MASKED)
                                : new ProfileValue.Text(text));
            }
            return switch (emptyElements) {
                case CLEAR -> Optional.of(new ProfileValue.Text(""));
                case STANDARD -> Optional.of(new ProfileValue.Standard());
                case KEEP -> {
                    remarks.add(shortened(name) + " is empty and keeps the value that the phone has");
                    yield Optional.empty();
                }
            };
        }

        private void remember(String group, String name, ProfileValue value, Attributes attributes) {
            String place = group + "/" + name;
            ProfileEntry entry;
            try {
                entry = new ProfileEntry(group, name, value, attributes);
            } catch (IllegalArgumentException impossible) {
                remarks.add(impossible.getMessage() + "; it is left out");
                return;
            }
            Integer before = seen.put(place, entries.size());
            if (before == null) {
                entries.add(entry);
                return;
            }
            seen.put(place, before);
            boolean hidden = entries.get(before).value() instanceof ProfileValue.Unknown;
            if (!hidden) {
                remarks.add(shortened(name) + " occurs twice; the last counts");
            }
            entries.set(before, entry);
        }

        private Attributes attributes(String name) {
            Optional<UserAccess> access = Optional.empty();
            boolean preserve = false;
            Optional<Boolean> preference = Optional.empty();
            boolean modified = false;
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                String attribute = xml.getAttributeLocalName(i);
                String value = xml.getAttributeValue(i).strip().toLowerCase(Locale.ROOT);
                switch (attribute) {
                    case "ua" -> access = UserAccess.of(value);
                    case "preserve-value" -> preserve = value.equals("y");
                    case "user-pref" -> preference = Optional.of(value.equals("y"));
                    case "um" -> modified = value.equals("y");
                    default -> remarks.add(shortened(name) + " has the unknown attribute " + shortened(attribute));
                }
                if (attribute.equals("ua") && access.isEmpty()) {
                    remarks.add(shortened(name) + " has ua='" + shortened(value) + "', which is not na, ro or rw");
                }
            }
            return new Attributes(access, preserve, preference, modified);
        }

        /** Elements in a comment are secrets that a phone did not tell; other words are only words. */
        private void commented(String comment, String group) {
            Matcher matcher = COMMENTED.matcher(comment);
            StringBuilder rest = new StringBuilder();
            List<String> names = new ArrayList<>();
            while (matcher.find() && names.size() < MOST_ENTRIES) {
                names.add(matcher.group(1));
                matcher.appendReplacement(rest, "");
            }
            if (!matcher.appendTail(rest).toString().isBlank()) {
                return;
            }
            for (String name : names) {
                if (!seen.containsKey(group + "/" + name) && entries.size() < MOST_ENTRIES) {
                    remember(group, name, new ProfileValue.Unknown(ProfileValue.Why.COMMENTED), Attributes.NONE);
                }
            }
        }

        private void stray(String text) {
            if (!text.isBlank()) {
                remarks.add("text between elements, line " + xml.getLocation().getLineNumber() + ", is left out");
            }
        }

        private void skip() throws XMLStreamException, MalformedProfileException {
            for (int depth = 1; depth > 0; ) {
                int event = next();
                depth += event == XMLStreamConstants.START_ELEMENT
                        ? 1
                        : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
            }
        }

        private int next() throws XMLStreamException, MalformedProfileException {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw new MalformedProfileException("the profile has a document type; that is refused");
            }
            if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new MalformedProfileException("the profile uses an entity of its own; that is refused");
            }
            if (remarks.size() > MOST_ENTRIES) {
                throw new MalformedProfileException("the profile has more than " + MOST_ENTRIES + " oddities");
            }
            return event;
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
