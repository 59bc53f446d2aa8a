package carillon.server.rest;

import carillon.cwmp.DeviceId;
import carillon.server.operator.DeviceActions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads announced devices: one as an object, many as an array or as CSV with a header line. */
final class Announcements {
    private static final Set<String> COLUMNS = Set.of("id", "oui", "productclass", "serial", "label", "site", "tags");

    private final Json json;
    private final ObjectReader csv = new CsvMapper()
            .readerFor(Map.class)
            .with(CsvSchema.emptySchema().withHeader())
            .with(CsvParser.Feature.TRIM_SPACES)
            .with(CsvParser.Feature.SKIP_EMPTY_LINES);

    Announcements(Json json) {
        this.json = json;
    }

    /**
     * One of them; either the id, or the parts of it.
     *
     * @param id OUI-ProductClass-Serial, each part percent-encoded
     */
    @Schema(name = "Announcement")
    record One(
            @Nullable String id,
            @Nullable String oui,
            @Nullable String productClass,
            @Nullable String serial,
            @Nullable String label,
            @Nullable String site,
            @Nullable List<String> tags) {
        DeviceActions.Announcement announcement() {
            return new DeviceActions.Announcement(
                    identity(),
                    label == null ? "" : label,
                    site == null ? "" : site,
                    tags == null ? Set.of() : Set.copyOf(tags));
        }

        private DeviceId identity() {
            try {
                if (id != null && !id.isEmpty()) {
                    return DeviceId.parse(id);
                }
                return new DeviceId(
                        oui == null ? "" : oui, productClass == null ? "" : productClass, serial == null ? "" : serial);
            } catch (IllegalArgumentException wrong) {
                throw new InvalidRequestException(String.valueOf(wrong.getMessage()));
            }
        }
    }

    /**
     * What was read.
     *
     * @param single it was one object, so the answer is one too
     */
    record Read(List<DeviceActions.Announcement> announcements, boolean single) {}

    Read read(byte[] body, String mediaType) {
        if (mediaType.toLowerCase(Locale.ROOT).startsWith("text/csv")) {
            return new Read(ofCsv(body), false);
        }
        for (byte b : body) {
            if (b == '[') {
                return new Read(
                        Stream.of(json.read(body, One[].class))
                                .map(One::announcement)
                                .toList(),
                        false);
            }
            if (b > ' ') {
                break;
            }
        }
        return new Read(List.of(json.read(body, One.class).announcement()), true);
    }

    private List<DeviceActions.Announcement> ofCsv(byte[] body) {
        List<DeviceActions.Announcement> read = new ArrayList<>();
        try (MappingIterator<Map<String, String>> lines = csv.readValues(body)) {
            while (lines.hasNext()) {
                if (read.size() > DeviceActions.MOST_AT_ONCE) {
                    break;
                }
                read.add(ofLine(lines.next()).announcement());
            }
        } catch (JsonProcessingException wrong) {
            throw new InvalidRequestException("the CSV cannot be read near line " + (read.size() + 2) + ": "
                    + Asked.shown(String.valueOf(wrong.getOriginalMessage())));
        } catch (IOException impossible) {
            throw new InvalidRequestException("the CSV cannot be read");
        }
        return read;
    }

    private static One ofLine(Map<String, String> line) {
        for (String column : line.keySet()) {
            if (!COLUMNS.contains(column.toLowerCase(Locale.ROOT))) {
                throw new InvalidRequestException("the CSV has a column '" + Asked.shown(column)
                        + "'; allowed: id, oui, productClass, serial, label, site, tags");
            }
        }
        String tags = cell(line, "tags");
        return new One(
                cell(line, "id"),
                cell(line, "oui"),
                cell(line, "productClass"),
                cell(line, "serial"),
                cell(line, "label"),
                cell(line, "site"),
                tags.isEmpty() ? List.of() : List.of(tags.split("[ ;]+")));
    }

    private static String cell(Map<String, String> line, String column) {
        return line.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(column))
                .map(entry -> entry.getValue() == null ? "" : entry.getValue())
                .findFirst()
                .orElse("");
    }
}
