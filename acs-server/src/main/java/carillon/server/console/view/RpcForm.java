package carillon.server.console.view;

import carillon.rpc.arguments.ModelWarnings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form that asks for an RPC, with what was typed so far.
 *
 * @param method its name in CWMP
 * @param typed fields by name; a field that occurs in rows has a text for each row
 * @param once what keeps a form that is sent twice from asking twice
 * @param trouble a sentence that says what is wrong with what was typed
 * @param warnings what the standard's data models have against it; it can be sent all the same
 */
public record RpcForm(
        String method,
        Map<String, List<String>> typed,
        String once,
        Optional<String> trouble,
        List<String> suggestions,
        List<ModelWarnings.Warning> warnings) {
    private static final int LEAST_ROWS = 3;
    private static final int MOST_ROWS = 100;

    /** What a value's type may be. */
    public static final List<String> TYPES = List.of(
            "xsd:string",
            "xsd:boolean",
            "xsd:int",
            "xsd:unsignedInt",
            "xsd:long",
            "xsd:unsignedLong",
            "xsd:dateTime",
            "xsd:base64Binary",
            "xsd:hexBinary");

    /** The kinds of files of TR-069, table 37. */
    public static final List<String> FILES = List.of(
            "1 Firmware Upgrade Image",
            "2 Web Content",
            "3 Vendor Configuration File",
            "4 Tone File",
            "5 Ringer File",
            "6 Stored Firmware Image");

    /** The kinds of files that a phone sends (A.4.1.5); the last two with the number of the file. */
    public static final List<String> UPLOADS = List.of(
            "1 Vendor Configuration File", "2 Vendor Log File", "3 Vendor Configuration File 1", "4 Vendor Log File 1");

    /** When a ScheduleDownload may begin within its window (A.4.1.8). */
    public static final List<String> WINDOW_MODES =
            List.of("1 At Any Time", "2 Immediately", "3 When Idle", "4 Confirmation Needed");

    /** What a ChangeDUState can do; empty for a row that is not used. */
    public static final List<String> OPERATIONS = List.of("", "install", "update", "uninstall");

    public RpcForm {
        typed = Map.copyOf(typed);
        suggestions = List.copyOf(suggestions);
        warnings = List.copyOf(warnings);
    }

    /** The first text of a field. */
    public String text(String field) {
        return text(field, "");
    }

    /** The first text of a field, or another where the form was not filled yet. */
    public String text(String field, String otherwise) {
        List<String> texts = typed.getOrDefault(field, List.of());
        return texts.isEmpty() ? otherwise : texts.get(0);
    }

    /** The text of a field in a row. */
    public String text(String field, int row) {
        List<String> texts = typed.getOrDefault(field, List.of());
        return row < texts.size() ? texts.get(row) : "";
    }

    /** Whether a box is ticked: as it was sent, else as it is at first. */
    public boolean ticked(String field, boolean atFirst) {
        return typed.containsKey("once") ? typed.containsKey(field) : atFirst;
    }

    /** The numbers of the rows to show. */
    public List<Integer> rows() {
        return rows(LEAST_ROWS);
    }

    /** The same for rows that take much room: at least so many. */
    public List<Integer> rows(int least) {
        int most = least;
        for (List<String> texts : typed.values()) {
            most = Math.max(most, Math.min(MOST_ROWS, texts.size()));
        }
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            rows.add(i);
        }
        return rows;
    }
}
