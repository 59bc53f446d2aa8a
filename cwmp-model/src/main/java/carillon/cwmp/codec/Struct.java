package carillon.cwmp.codec;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An element with its children, by local names; for the messages that are small by nature. */
final class Struct {
    private final String name;
    private final String type;
    private final Remarks remarks;
    private final List<Struct> children = new ArrayList<>(4);
    private String text = "";

    /** @param type the local part of xsi:type, empty where there is none */
    Struct(String name, String type, Remarks remarks) {
        this.name = name;
        this.type = type;
        this.remarks = remarks;
    }

    void add(Struct child) {
        children.add(child);
    }

    void say(String words) {
        this.text = words;
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    String text() {
        return text;
    }

    List<Struct> children() {
        return children;
    }

    /** The first child of that name. */
    Optional<Struct> child(String local) {
        for (Struct child : children) {
            if (child.name.equals(local)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** All children of that name. */
    List<Struct> all(String local) {
        List<Struct> found = new ArrayList<>();
        for (Struct child : children) {
            if (child.name.equals(local)) {
                found.add(child);
            }
        }
        return found;
    }

    /** The entries of a list: the children of that name of the child of this name. */
    List<Struct> entries(String list, String entry) {
        return child(list).map(found -> found.all(entry)).orElse(List.of());
    }

    /** The text of a child as it is, empty where there is none. */
    String text(String local) {
        return child(local).map(Struct::text).orElse("");
    }

    /** The text of a child without blanks and line breaks around it. */
    String word(String local) {
        return text(local).strip();
    }

    /** The text of a child without the line breaks and tabs that pretty printers put around it. */
    String key(String local) {
        return Scalars.withoutLayout(text(local));
    }

    long number(String local) {
        return Scalars.unsigned(text(local), local, remarks);
    }

    int small(String local) {
        return (int) Math.min(Integer.MAX_VALUE, number(local));
    }

    int signed(String local) {
        return Scalars.signed(text(local), local, remarks);
    }

    boolean flag(String local) {
        return Scalars.flag(text(local), local, remarks);
    }

    /** A dateTime as it was written; the unknown time where the element is missing. */
    CwmpTime time(String local) {
        return child(local).map(found -> new CwmpTime(found.text.strip())).orElse(CwmpTime.UNKNOWN);
    }

    /** A FaultStruct; a missing one is success. */
    Fault fault(String local) {
        Optional<Struct> found = child(local);
        if (found.isEmpty()) {
            remarks.add("the missing " + local + " was taken as success");
            return new Fault(0, "", List.of());
        }
        Struct fault = found.get();
        return new Fault(Scalars.faultCode(fault.text("FaultCode"), remarks), fault.text("FaultString"), List.of());
    }
}
