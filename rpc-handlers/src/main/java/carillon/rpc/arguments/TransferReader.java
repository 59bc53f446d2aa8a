package carillon.rpc.arguments;

import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The arguments of an Upload and of a ScheduleDownload (A.4.1.5, A.4.1.8). */
final class TransferReader {
    /** Types 3 and 4 name an instance of the device's table of such files; 1 and 2 are the same for devices of old. */
    private static final Pattern UPLOAD_TYPE = Pattern.compile("1 Vendor Configuration File|2 Vendor Log File"
            + "|3 Vendor Configuration File [1-9]\\d{0,8}|4 Vendor Log File [1-9]\\d{0,8}");

    /** A.4.1.8, table 53. */
    static final List<String> WINDOW_MODES =
            List.of("1 At Any Time", "2 Immediately", "3 When Idle", "4 Confirmation Needed");

    /** The standard knows one or two windows. */
    private static final int MOST_WINDOWS = 2;

    private static final int MOST_RETRIES = 1000;

    private TransferReader() {}

    /** Without an address the file comes to this server. */
    static AcsRequest upload(Fields fields, String rpcId) {
        boolean here = !fields.node().has("url");
        if (here) {
            fields.only("fileType", "login", "delay");
            fields.optionalFlag("login");
        } else {
            fields.only("fileType", "url", "username", "password", "delay");
        }
        String type = fields.text("fileType", 64);
        if (!UPLOAD_TYPE.matcher(type).matches() && !RequestReader.isVendors(type)) {
            throw fields.complaint("field 'fileType' is '" + Fields.shown(type)
                    + "', but must be 1 Vendor Configuration File, 2 Vendor Log File, 3 Vendor Configuration File N or"
                    + " 4 Vendor Log File N, where N is the file's instance number, or the vendor's own, such as"
                    + " 'X 00562B name'");
        }
        return new AcsRequest.Upload(
                rpcId,
                type,
                here ? "" : fields.url(),
                fields.optionalText("username", Fields.LONG_TEXT).orElse(""),
                new Secret(fields.optionalText("password", Fields.LONG_TEXT).orElse("")),
                fields.delay("delay").orElse(0L));
    }

    static AcsRequest scheduleDownload(Fields fields, String rpcId) {
        if (fields.node().has("file")) {
            RequestReader.ownFile(fields, "windows");
            return new AcsRequest.ScheduleDownload(
                    rpcId,
                    RequestReader.fileType(fields),
                    "",
                    "",
                    new Secret(""),
                    fields.optionalNumber("size", 0, Fields.UNSIGNED_INT).orElse(0L),
                    fields.text("file", RequestReader.LONGEST_FILE_NAME),
                    windows(fields));
        }
        fields.only(
                "fileType",
                "url",
                "username",
                "password",
                "size",
                "targetFileName",
                "windows",
                RequestReader.EXPECTED_VERSION);
        RequestReader.expectedVersion(fields);
        return new AcsRequest.ScheduleDownload(
                rpcId,
                RequestReader.fileType(fields),
                fields.url(),
                fields.optionalText("username", Fields.LONG_TEXT).orElse(""),
                new Secret(fields.optionalText("password", Fields.LONG_TEXT).orElse("")),
                fields.optionalNumber("size", 0, Fields.UNSIGNED_INT).orElse(0L),
                fields.optionalText("targetFileName", Fields.LONG_TEXT).orElse(""),
                windows(fields));
    }

    private static List<AcsRequest.TimeWindow> windows(Fields fields) {
        List<Fields> entries = fields.objects("windows");
        if (entries.size() > MOST_WINDOWS) {
            throw fields.complaint(
                    "field 'windows' has " + entries.size() + " entries; phones know one or two windows");
        }
        List<AcsRequest.TimeWindow> windows = new ArrayList<>();
        for (Fields entry : entries) {
            windows.add(window(entry));
        }
        List<AcsRequest.TimeWindow> inOrder = windows.stream()
                .sorted(Comparator.comparingLong(AcsRequest.TimeWindow::startSeconds))
                .toList();
        if (inOrder.size() == MOST_WINDOWS
                && inOrder.get(1).startSeconds() < inOrder.get(0).endSeconds()) {
            throw fields.complaint("the two 'windows' overlap; let the second start when the first has ended");
        }
        return windows;
    }

    private static AcsRequest.TimeWindow window(Fields entry) {
        entry.only("start", "end", "mode", "userMessage", "maxRetries");
        long start = entry.delay("start").orElse(0L);
        long end = entry.delay("end").orElseThrow(() -> entry.missing("end"));
        if (end <= start) {
            throw entry.complaint("'" + entry.where() + "end' lies " + end + " s after the phone gets it, not behind"
                    + " 'start' at " + start + " s");
        }
        String mode = entry.optionalText("mode", 64).orElse(WINDOW_MODES.get(0));
        if (!WINDOW_MODES.contains(mode) && !RequestReader.isVendors(mode)) {
            throw entry.complaint("field '" + entry.where() + "mode' is '" + Fields.shown(mode)
                    + "', but must be one of " + String.join(", ", WINDOW_MODES)
                    + ", or the vendor's own, such as 'X 00562B name'");
        }
        return new AcsRequest.TimeWindow(
                start,
                end,
                mode,
                entry.optionalText("userMessage", Fields.LONG_TEXT).orElse(""),
                entry.optionalNumber("maxRetries", -1, MOST_RETRIES).orElse(-1L).intValue());
    }
}
