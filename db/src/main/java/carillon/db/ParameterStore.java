package carillon.db;

import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What devices last reported: one document per device, names shared per model, and beside it what was reported since the
 * document was last written.
 */
public final class ParameterStore {
    private static final String SEALED = "parameters";

    private final Sql sql;
    private final Seal seal;
    private final ParameterShape.Recent recent;

    ParameterStore(Sql sql, Seal seal, ParameterShape.Recent recent) {
        this.sql = sql;
        this.seal = seal;
        this.recent = recent;
    }

    /** Parameters at or below the path in name order, after the cursor; depth 1 is the next level only, 0 means all. */
    public Page<ReportedParameter> list(long deviceKey, String path, int depth, int limit, String cursor) {
        String last = cursor.isEmpty() ? "" : Cursor.PARAMETERS.place(cursor);
        ParameterDocument document = documents(List.of(deviceKey)).get(deviceKey);
        if (document == null) {
            return new Page<>(List.of(), Optional.empty(), 0, false);
        }
        Map<String, ReportedParameter> found = new LinkedHashMap<>();
        document.all().forEach(parameter -> {
            String name = parameter.path();
            if (name.startsWith(path)) {
                String rest = name.substring(path.length());
                if (depth == 0 || levels(rest) <= depth) {
                    found.put(name, parameter);
                } else {
                    String object = path + upTo(rest, depth);
                    found.putIfAbsent(object, document.find(object).orElseGet(() -> objectAt(object, parameter)));
                }
            }
        });
        List<ReportedParameter> after = found.values().stream()
                .filter(parameter -> parameter.path().compareTo(last) > 0)
                .toList();
        boolean more = after.size() > limit;
        List<ReportedParameter> shown = more ? after.subList(0, limit) : after;
        return new Page<>(
                shown,
                more ? Optional.of(Cursor.PARAMETERS.of(shown.get(limit - 1).path())) : Optional.empty(),
                found.size(),
                false);
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
        return document == null ? Optional.empty() : document.find(path);
    }

    /** A device's parameters by their full names; all are read when the first is asked for. For one thread. */
    public Function<String, Optional<ReportedParameter>> of(long deviceKey) {
        Map<Long, ParameterDocument> read = new HashMap<>();
        return path -> read.computeIfAbsent(
                        deviceKey,
                        key -> Objects.requireNonNullElseGet(
                                documents(List.of(key)).get(key), ParameterDocument::new))
                .find(path);
    }

    private record Stored(long deviceKey, String shapeId, Optional<byte[]> content) {}

    Map<Long, ParameterDocument> documents(Collection<Long> deviceKeys) {
        if (deviceKeys.isEmpty()) {
            return new HashMap<>();
        }
        List<Stored> rows = sql.list(
                "select device_id, shape_id, content from parameter_document where device_id in ("
                        + Sql.marks(deviceKeys.size()) + ")",
                row -> new Stored(row.number("device_id"), row.text("shape_id"), row.bytes("content")),
                deviceKeys.toArray());
        Map<String, ParameterShape> shapes =
                shapes(rows.stream().map(Stored::shapeId).collect(Collectors.toSet()));
        Map<Long, ParameterDocument> documents = new HashMap<>();
        for (Stored row : rows) {
            ParameterShape shape = Objects.requireNonNull(shapes.get(row.shapeId()), "a document has its shape");
            byte[] content = seal.open(SEALED, row.content().orElseThrow());
            documents.put(row.deviceKey(), new ParameterDocument(shape, content));
        }
        sql.list(
                "select device_id, content from parameter_journal where device_id in (" + Sql.marks(deviceKeys.size())
                        + ") order by id",
                row -> {
                    ParameterDocument document = Objects.requireNonNull(
                            documents.get(row.number("device_id")), "what waits has a document beside it");
                    ParameterJournal.read(seal.open(SEALED, row.bytes("content").orElseThrow()))
                            .forEach(report -> merge(document, report));
                    return 0;
                },
                deviceKeys.toArray());
        return documents;
    }

    private Map<String, ParameterShape> shapes(Set<String> ids) {
        Map<String, ParameterShape> shapes = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String id : ids) {
            recent.find(id).ifPresentOrElse(shape -> shapes.put(id, shape), () -> missing.add(id));
        }
        if (!missing.isEmpty()) {
            sql.list(
                    "select id, names from parameter_shape where id in (" + Sql.marks(missing.size()) + ")",
                    row -> shapes.put(
                            row.text("id"), ParameterShape.of(row.bytes("names").orElseThrow())),
                    missing.toArray());
            missing.forEach(id -> recent.add(Objects.requireNonNull(shapes.get(id), "a document has its shape")));
        }
        return shapes;
    }

    /** How long a document and what waits beside it are, as numbers. */
    private record Length(long deviceKey, int entries, int journalEntries, int journalRows) {
        boolean takes(int more) {
            return more >= 0 && !ParameterJournal.isLong(entries, journalEntries + more, journalRows + 1);
        }
    }

    /**
     * Keeps what devices reported: beside their documents where that is little, else merged into them. One read and one
     * write for all of them.
     */
    void report(Map<Long, List<Effect>> reports) {
        Map<Long, Length> lengths = new HashMap<>();
        sql.list(
                "select device_id, entries, journal_entries, journal_rows from parameter_document"
                        + " where device_id = any(?)",
                row -> lengths.put(
                        row.number("device_id"),
                        new Length(
                                row.number("device_id"),
                                row.small("entries"),
                                row.small("journal_entries"),
                                row.small("journal_rows"))),
                Sql.keys(List.copyOf(reports.keySet())));
        Map<Long, List<Effect>> little = new LinkedHashMap<>();
        Map<Long, List<Effect>> much = new LinkedHashMap<>();
        reports.forEach((deviceKey, effects) -> {
            Length length = lengths.get(deviceKey);
            boolean beside = length != null && length.takes(ParameterJournal.entries(effects));
            (beside ? little : much).put(deviceKey, effects);
        });
        keepBeside(little);
        merge(much);
    }

    private void keepBeside(Map<Long, List<Effect>> reports) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        List<@Nullable Object[]> lengths = new ArrayList<>();
        reports.forEach((deviceKey, effects) -> {
            rows.add(new @Nullable Object[] {deviceKey, seal.seal(SEALED, ParameterJournal.write(effects))});
            lengths.add(new @Nullable Object[] {ParameterJournal.entries(effects), deviceKey});
        });
        sql.batch("insert into parameter_journal (device_id, content) values (?, ?)", rows);
        sql.batch(
                "update parameter_document set journal_entries = journal_entries + ?, journal_rows = journal_rows + 1"
                        + " where device_id = ?",
                lengths);
    }

    private void merge(Map<Long, List<Effect>> reports) {
        if (reports.isEmpty()) {
            return;
        }
        Map<Long, ParameterDocument> documents = documents(reports.keySet());
        Map<Long, ParameterDocument> known = new HashMap<>(documents);
        reports.forEach((deviceKey, effects) -> {
            ParameterDocument document = documents.computeIfAbsent(deviceKey, key -> new ParameterDocument());
            effects.forEach(effect -> merge(document, effect));
        });
        write(documents, known);
    }

    private void write(Map<Long, ParameterDocument> documents, Map<Long, ParameterDocument> known) {
        Map<String, ParameterShape> shapes = new LinkedHashMap<>();
        List<@Nullable Object[]> inserts = new ArrayList<>();
        List<@Nullable Object[]> updates = new ArrayList<>();
        List<@Nullable Object[]> merged = new ArrayList<>();
        documents.forEach((deviceKey, document) -> {
            ParameterShape shape = document.shape();
            shapes.put(shape.id(), shape);
            byte[] content = seal.seal(SEALED, document.content());
            boolean isKnown = known.containsKey(deviceKey);
            (isKnown ? updates : inserts).add(new @Nullable Object[] {shape.id(), content, shape.size(), deviceKey});
            if (isKnown) {
                merged.add(new @Nullable Object[] {deviceKey});
            }
        });
        storeShapes(shapes);
        sql.batch("delete from parameter_journal where device_id = ?", merged);
        sql.batch(
                "update parameter_document set shape_id = ?, content = ?, entries = ?, journal_entries = 0,"
                        + " journal_rows = 0 where device_id = ?",
                updates);
        sql.batch(
                "insert into parameter_document (shape_id, content, entries, device_id, tenant_id, site)"
                        + " select cast(? as varchar(64)), cast(? as bytea), cast(? as integer), id, tenant_id, site"
                        + " from device where id = ?",
                inserts);
    }

    /**
     * Removes shapes that no document has had for this long; returns how many. A shape that comes back meanwhile is kept;
     * one that is taken from memory after its end fails its transaction, which begins again without memory.
     */
    public int pruneShapes(Instant now, Duration unused) {
        String used = " exists (select 1 from parameter_document d where d.shape_id = parameter_shape.id)";
        sql.update("update parameter_shape set unused_since = null where unused_since is not null and" + used);
        sql.update("update parameter_shape set unused_since = ? where unused_since is null and not" + used, now);
        int removed =
                sql.update("delete from parameter_shape where unused_since <= ? and not" + used, now.minus(unused));
        if (removed > 0) {
            recent.forgetAll();
        }
        return removed;
    }

    /** Stores those that are not stored yet; one that was read lately is there. */
    private void storeShapes(Map<String, ParameterShape> shapes) {
        shapes.keySet().removeIf(id -> recent.find(id).isPresent());
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
                shapes.values().stream()
                        .map(shape -> new @Nullable Object[] {shape.id(), shape.packed()})
                        .toList());
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
        return document.find(path)
                .orElseGet(() -> new ReportedParameter(
                        path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), at));
    }

    private static ReportedParameter merged(ParameterDocument document, ParameterValue value, Instant at) {
        ReportedParameter known = known(document, value.path(), at);
        // a hidden parameter reads empty, which says nothing about what it holds (CWMP-145)
        boolean untold = known.isHidden()
                && value.value().isEmpty()
                && known.value().filter(was -> !was.isEmpty()).isPresent();
        return new ReportedParameter(
                value.path(),
                untold ? known.value() : Optional.of(value.value()),
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
