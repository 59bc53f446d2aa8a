package carillon.cwmp.flatprofile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the tables that come with the program: one line per row, tabs between the fields, {@code #} before remarks. */
final class CatalogueReader {
    static final String KEYS = "keys.tsv";
    private static final int FIELDS = 10;

    private CatalogueReader() {}

    static List<CatalogueKey> keys() {
        List<CatalogueKey> keys = new ArrayList<>();
        for (String line : lines(KEYS)) {
            keys.add(key(line));
        }
        return keys;
    }

    static CatalogueKey key(String line) {
        String[] field = line.split("\t", -1);
        if (field.length != FIELDS) {
            throw new IllegalArgumentException("a line of " + KEYS + " has " + field.length + " fields: " + line);
        }
        return new CatalogueKey(
                field[0],
                field[1],
                KeyTypes.parse(field[2]),
                field[3].equals("-") ? Optional.empty() : Optional.of(field[3]),
                UserAccess.of(field[4]),
                Instances.of(field[5]),
                split(field[6], " "),
                split(field[7], "; "),
                field[8].equals("secret"),
                field[9]);
    }

    /** The lines of a table without its remarks. */
    static List<String> lines(String name) {
        try (InputStream in = CatalogueReader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program's own table " + name + " is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> split(String text, String separator) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(separator));
    }
}
