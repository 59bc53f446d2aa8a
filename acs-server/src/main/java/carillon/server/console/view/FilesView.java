package carillon.server.console.view;

import carillon.db.StoredFile;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Files.
 *
 * @param asked with what their names begin that are shown; empty for all
 * @param types that the standard names
 * @param typed what was typed into the form before it was refused
 * @param longest how many octets one file may have
 * @param trouble a sentence that says why the last wish was not granted
 */
public record FilesView(
        List<StoredFile> files,
        String asked,
        List<String> types,
        Map<String, String> typed,
        long longest,
        Trail trail,
        Optional<String> trouble) {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    public FilesView {
        files = List.copyOf(files);
        types = List.copyOf(types);
        typed = Map.copyOf(typed);
    }

    /** What was typed into a field, empty where nothing was. */
    public String typed(String field) {
        return typed.getOrDefault(field, "");
    }

    /** A number of octets for people. */
    public static String size(Words words, long octets) {
        if (octets < 1024) {
            return octets + " B";
        }
        double size = octets;
        int unit = -1;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        NumberFormat format = NumberFormat.getInstance(Locale.forLanguageTag(words.language()));
        format.setMaximumFractionDigits(size < 100 ? 1 : 0);
        return format.format(size) + " " + UNITS[unit];
    }

    /** The beginning of its SHA-256, enough to compare by eye. */
    public static String hash(StoredFile file) {
        return file.sha256().substring(0, 12);
    }

    /** The path of its bytes. */
    public static String content(StoredFile file) {
        return "/api/v1/files/" + Query.of(file.name()).replace("+", "%20") + "/content";
    }

    /** The path of the form that deletes it. */
    public static String link(StoredFile file) {
        return "/files/" + Query.of(file.name()).replace("+", "%20");
    }

    /** Whether a phone sent it. */
    public static boolean fromPhone(StoredFile file) {
        return file.origin() == StoredFile.Origin.PHONE;
    }
}
