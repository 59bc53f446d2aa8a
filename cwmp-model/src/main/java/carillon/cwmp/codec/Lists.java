package carillon.cwmp.codec;

import carillon.cwmp.ParameterValue;
import java.util.List;

/** Writes the lists that several messages have. */
final class Lists {
    private Lists() {}

    /** A list of plain texts. */
    static void strings(String name, List<String> texts, XmlBytes out) {
        out.openArray(name, "xsd:string", texts.size());
        for (String text : texts) {
            out.leaf("string", text);
        }
        out.close(name);
    }

    /** A list of names and values. */
    static void values(List<ParameterValue> values, XmlBytes out) {
        out.openList("ParameterList", "ParameterValueStruct", values.size());
        for (ParameterValue value : values) {
            out.raw("<ParameterValueStruct><Name>");
            out.text(value.path(), "a parameter's Name");
            out.raw("</Name><Value xsi:type=\"");
            out.raw(value.type().text());
            out.raw("\">");
            try {
                out.text(value.value(), "Value");
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(value.path() + ": " + refused.getMessage(), refused);
            }
            out.raw("</Value></ParameterValueStruct>");
        }
        out.close("ParameterList");
    }
}
