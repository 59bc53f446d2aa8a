package carillon.cwmp.codec;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * An element of a SOAP document, by local names, and the values that its texts stand for. What a text means is worked out
 * here once more and not shared with the streaming readers, so that a mistake there is a difference here.
 */
final class SaajElement {
    private static final long MOST = 0xffff_ffffL;

    private final Element element;

    SaajElement(Element element) {
        this.element = element;
    }

    String name() {
        return element.getLocalName();
    }

    /** Empty where it has none. */
    String prefix() {
        String prefix = element.getPrefix();
        return prefix == null ? "" : prefix;
    }

    /** Empty where it has none. */
    String namespace() {
        String uri = element.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    List<Attr> attributes() {
        NamedNodeMap map = element.getAttributes();
        List<Attr> attributes = new ArrayList<>(map.getLength());
        for (int i = 0; i < map.getLength(); i++) {
            attributes.add((Attr) map.item(i));
        }
        return attributes;
    }

    /** The value of the attribute of that local name, in whatever namespace. */
    Optional<String> attribute(String local) {
        return attributes().stream()
                .filter(found -> local(found.getName()).equals(local))
                .map(Attr::getValue)
                .findFirst();
    }

    /** What xsi:type names, without its prefix; empty where there is none. */
    String type() {
        return attribute("type").map(SaajElement::local).orElse("");
    }

    List<SaajElement> children() {
        List<SaajElement> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.ELEMENT_NODE) {
                children.add(new SaajElement((Element) child));
            }
        }
        return children;
    }

    List<SaajElement> all(String local) {
        return children().stream().filter(child -> child.name().equals(local)).toList();
    }

    Optional<SaajElement> first(String local) {
        return all(local).stream().findFirst();
    }

    Optional<SaajElement> last(String local) {
        List<SaajElement> all = all(local);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The entries of the first list of that name. */
    List<SaajElement> entries(String list, String entry) {
        return first(list).map(found -> found.all(entry)).orElse(List.of());
    }

    /** The texts of a list's entries, without what surrounds them. */
    List<String> words(String list, String entry) {
        return entries(list, entry).stream().map(SaajElement::word).toList();
    }

    /** The element's own text, without that of the elements inside. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            // By type and not by class: SAAJ's comments are Text as well.
            if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(child.getNodeValue());
            }
        }
        return text.toString();
    }

    String word() {
        return text().strip();
    }

    /** The text without the white space on a side where that is more than blanks. */
    String key() {
        String text = text();
        String core = text.trim();
        if (core.isEmpty()) {
            return layout(text) ? "" : text;
        }
        int start = text.indexOf(core);
        String before = text.substring(0, start);
        String after = text.substring(start + core.length());
        return (layout(before) ? "" : before) + core + (layout(after) ? "" : after);
    }

    /** An unsignedInt; 0 where the text is none, the largest where it is more. */
    long number() {
        return unsigned(word());
    }

    int signed() {
        String word = word();
        boolean negative = word.startsWith("-");
        int size = (int) Math.min(Integer.MAX_VALUE, unsigned(negative ? word.substring(1) : word));
        return negative ? -size : size;
    }

    boolean flag() {
        String word = word();
        return word.equalsIgnoreCase("true")
                || digits(word) && !word.replace("0", "").isEmpty();
    }

    boolean writable() {
        String word = word();
        return word.equals("1") || word.equalsIgnoreCase("true");
    }

    /** The number that the text begins with, of at most nine digits; 0 where it begins with none. */
    int faultCode() {
        String word = word();
        int end = 0;
        while (end < Math.min(9, word.length()) && digits(word.substring(end, end + 1))) {
            end++;
        }
        return (int) unsigned(word.substring(0, end));
    }

    String text(String local) {
        return first(local).map(SaajElement::text).orElse("");
    }

    String word(String local) {
        return first(local).map(SaajElement::word).orElse("");
    }

    String key(String local) {
        return first(local).map(SaajElement::key).orElse("");
    }

    long number(String local) {
        return first(local).map(SaajElement::number).orElse(0L);
    }

    int small(String local) {
        return (int) Math.min(Integer.MAX_VALUE, number(local));
    }

    int signed(String local) {
        return first(local).map(SaajElement::signed).orElse(0);
    }

    boolean flag(String local) {
        return first(local).map(SaajElement::flag).orElse(false);
    }

    /** The unknown time where there is no such child. */
    CwmpTime time(String local) {
        return first(local).map(found -> new CwmpTime(found.word())).orElse(CwmpTime.UNKNOWN);
    }

    /** A FaultStruct; success where there is no such child. */
    Fault fault(String local) {
        return first(local)
                .map(found -> new Fault(found.code(), found.text("FaultString"), List.of()))
                .orElse(new Fault(0, "", List.of()));
    }

    /** The FaultCode inside. */
    int code() {
        return first("FaultCode").map(SaajElement::faultCode).orElse(0);
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    private static boolean layout(String text) {
        return !text.replace(" ", "").isEmpty();
    }

    private static boolean digits(String text) {
        return text.matches("[0-9]+");
    }

    private static long unsigned(String text) {
        String word = text.strip();
        if (!digits(word)) {
            return 0;
        }
        String significant = word.replaceFirst("^0+", "");
        if (significant.length() > 10) {
            return MOST;
        }
        return significant.isEmpty() ? 0 : Math.min(MOST, Long.parseLong(significant));
    }
}
