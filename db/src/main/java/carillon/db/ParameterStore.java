package carillon.db;

import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What devices last reported: one document per device, names shared per model. */
public final class ParameterStore {
    private static final String SEALED = "parameters";

    private final Sql sql;
    private final Seal seal;

    ParameterStore(Sql sql, Seal seal) {
        this.sql = sql;
        this.seal = seal;
    }

    /** Parameters at or below the path in name order, after the cursor name; depth 1 is the next level only, 0 means all. */
    public Page<ReportedParameter> list(long deviceKey, String path, int depth, int limit, String cursor) {
        ParameterDocument document = documents(List.of(deviceKey)).get(deviceKey);
        if (document == null) {
            return new Page<>(List.of(), Optional.empty(), 0, false);
        }
        Map<String, ReportedParameter> found = new LinkedHashMap<>();
        document.parameters().forEach((name, parameter) -> {
            if (name.startsWith(path)) {
                String rest = name.substring(path.length());
                if (depth == 0 || levels(rest) <= depth) {
                    found.put(name, parameter);
                } else {
                    String object = path + upTo(rest, depth);
                    found.putIfAbsent(object, document.parameters().getOrDefault(object, objectAt(object, parameter)));
                }
            }
        });
        List<ReportedParameter> after = found.values().stream()
                .filter(parameter -> cursor.isEmpty() || parameter.path().compareTo(cursor) > 0)
                .toList();
        boolean more = after.size() > limit;
        List<ReportedParameter> shown = more ? after.subList(0, limit) : after;
        return new Page<>(
                shown, more ? Optional.of(shown.get(limit - 1).path()) : Optional.empty(), found.size(), false);
    }

    private static ReportedParameter objectAt(String path, ReportedParameter below) {
        return new ReportedParameter(
                path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), below.at());
    }

    private static int levels(String rest) {
        int dots = (int) rest.chars().filter(c -> c == '.').count();
        return rest.isEmpty() ? 0 : rest.endsWith(".") ? dots : dots + 1;
    }

    private static String upTo(String rest, int depth) {
        int end = 0;
        for (int i = 0; i < depth; i++) {
            end = rest.indexOf('.', end) + 1;
        }
        return rest.substring(0, end);
    }

    /** One parameter by its full name. */
    public Optional<ReportedParameter> find(long deviceKey, String path) {
        ParameterDocument document = documents(List.of(deviceKey)).get(deviceKey);
        return document == null
                ? Optional.empty()
                : Optional.ofNullable(document.parameters().get(path));
    }

    Map<Long, ParameterDocument> documents(Collection<Long> deviceKeys) {
        Map<Long, ParameterDocument> documents = new HashMap<>();
        if (!deviceKeys.isEmpty()) {
            sql.list(
                    "select d.device_id, s.names, d.content from parameter_document d"
                            + " join parameter_shape s on s.id = d.shape_id where d.device_id in ("
                            + Sql.marks(deviceKeys.size()) + ")",
                    row -> documents.put(
                            row.number("device_id"),
                            ParameterDocument.of(
                                    row.bytes("names").orElseThrow(),
                                    seal.open(SEALED, row.bytes("content").orElseThrow()))),
                    deviceKeys.toArray());
        }
        return documents;
    }

    /** Merges what devices reported into their documents: one read and one write for all of them. */
    void report(Map<Long, List<Effect>> reports) {
        Map<Long, ParameterDocument> documents = documents(reports.keySet());
        Map<Long, ParameterDocument> known = new HashMap<>(documents);
        reports.forEach((deviceKey, effects) -> {
            ParameterDocument document = documents.computeIfAbsent(deviceKey, key -> new ParameterDocument());
            effects.forEach(effect -> merge(document, effect));
        });
        write(documents, known);
    }

    private void write(Map<Long, ParameterDocument> documents, Map<Long, ParameterDocument> known) {
        Map<String, byte[]> shapes = new LinkedHashMap<>();
        List<@Nullable Object[]> inserts = new ArrayList<>();
        List<@Nullable Object[]> updates = new ArrayList<>();
        documents.forEach((deviceKey, document) -> {
            byte[] shape = document.shape();
            String shapeId = ParameterDocument.idOf(shape);
            shapes.put(shapeId, shape);
            byte[] content = seal.seal(SEALED, document.content());
            (known.containsKey(deviceKey) ? updates : inserts)
                    .add(new @Nullable Object[] {shapeId, content, deviceKey});
        });
        if (shapes.isEmpty()) {
            return;
        }
        List<String> stored = sql.list(
                "select id from parameter_shape where id in (" + Sql.marks(shapes.size()) + ")",
                row -> row.text("id"),
                shapes.keySet().toArray());
        shapes.keySet().removeAll(stored);
        sql.batch(
                "insert into parameter_shape (id, names) values (?, ?)",
                shapes.entrySet().stream()
                        .map(shape -> new @Nullable Object[] {shape.getKey(), shape.getValue()})
                        .toList());
        sql.batch("update parameter_document set shape_id = ?, content = ? where device_id = ?", updates);
        sql.batch("insert into parameter_document (shape_id, content, device_id) values (?, ?, ?)", inserts);
    }

    private static void merge(ParameterDocument document, Effect effect) {
        if (effect instanceof Effect.ValuesReported values) {
            values.values().forEach(value -> document.put(merged(document, value, values.at())));
        } else if (effect instanceof Effect.NamesReported names) {
            names.names().forEach(name -> document.put(merged(document, name, names.at())));
        } else if (effect instanceof Effect.AttributesReported attributes) {
            attributes.attributes().forEach(attribute -> document.put(merged(document, attribute, attributes.at())));
        } else if (effect instanceof Effect.ParametersForgotten forgotten) {
            document.forget(forgotten.path());
        }
    }

    private static ReportedParameter known(ParameterDocument document, String path, Instant at) {
        ReportedParameter known = document.parameters().get(path);
        return known != null
                ? known
                : new ReportedParameter(
                        path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), at);
    }

    private static ReportedParameter merged(ParameterDocument document, ParameterValue value, Instant at) {
        ReportedParameter known = known(document, value.path(), at);
        return new ReportedParameter(
                value.path(),
                Optional.of(value.value()),
                Optional.of(value.type()),
                known.writable(),
                known.notification(),
                at);
    }

    private static ReportedParameter merged(ParameterDocument document, ParameterInfo name, Instant at) {
        ReportedParameter known = known(document, name.path(), at);
        return new ReportedParameter(
                name.path(),
                known.value(),
                known.type(),
                Optional.of(name.writable()),
                known.notification(),
                known.value().isPresent() ? known.at() : at);
    }

    private static ReportedParameter merged(ParameterDocument document, ParameterAttribute attribute, Instant at) {
        ReportedParameter known = known(document, attribute.path(), at);
        return new ReportedParameter(
                attribute.path(),
                known.value(),
                known.type(),
                known.writable(),
                Optional.of(attribute.notification()),
                known.value().isPresent() ? known.at() : at);
    }
}
