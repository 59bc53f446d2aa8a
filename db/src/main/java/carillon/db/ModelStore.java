package carillon.db;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What phones taught us about their model and firmware; bounded, and cached in memory. */
public final class ModelStore {
    private static final String WHERE =
            " where tenant_id = ? and oui = ? and product_class = ? and software_version = ?";

    private final Sql sql;
    private final Recent recent;

    ModelStore(Sql sql, Recent recent) {
        this.sql = sql;
        this.recent = recent;
    }

    /** All that is known of a model. */
    public ModelFacts facts(ModelKey model) {
        Optional<ModelFacts> known = recent.find(model);
        if (known.isPresent()) {
            return known.get();
        }
        ModelFacts facts = new ModelFacts(sql.list(
                "select * from model_fact" + WHERE + " order by kind, name limit "
                        + recent.limits().factsPerModel(),
                row -> new ModelFact(
                        ModelFact.Kind.valueOf(row.text("kind")),
                        row.text("name"),
                        row.small("number"),
                        row.time("at")),
                arguments(model)));
        recent.add(model, facts);
        return facts;
    }

    /** Keeps what was learned; what is known already is dated anew. What is too much is not kept. */
    void learn(ModelKey model, List<ModelFact> facts) {
        recent.forget(model);
        long room = recent.limits().factsPerModel() - count(WHERE, arguments(model));
        room = Math.min(room, recent.limits().facts() - count(" where tenant_id = ?", model.tenant()));
        for (ModelFact fact : facts) {
            int known = sql.update(
                    "update model_fact set number = ?, at = ?" + WHERE + " and kind = ? and name = ?",
                    with(model, List.of(fact.number(), fact.at()), fact));
            if (known == 0 && room > 0 && fact.name().length() <= 256) {
                room--;
                sql.update(
                        "insert into model_fact (number, at, tenant_id, oui, product_class, software_version, kind,"
                                + " name, site) values (?, ?, ?, ?, ?, ?, ?, ?, '')",
                        with(model, List.of(fact.number(), fact.at()), fact));
            }
        }
    }

    /** These names turned out to be otherwise. */
    void unlearn(ModelKey model, ModelFact.Kind kind, List<String> names) {
        recent.forget(model);
        for (String name : names) {
            sql.update(
                    "delete from model_fact" + WHERE + " and kind = ? and name = ?",
                    with(model, List.of(), new ModelFact(kind, name, 0, Instant.EPOCH)));
        }
    }

    /** Forgets all that was learned of a model; how much that was. */
    public int forget(ModelKey model) {
        recent.forget(model);
        return sql.update("delete from model_fact" + WHERE, arguments(model));
    }

    /** Removes what was last learned before this. */
    public int prune(Instant before) {
        int removed = sql.update("delete from model_fact where at < ?", before);
        if (removed > 0) {
            recent.forgetAll();
        }
        return removed;
    }

    private long count(String where, Object... arguments) {
        return sql.list("select count(*) as n from model_fact" + where, row -> row.number("n"), arguments)
                .get(0);
    }

    private static Object[] arguments(ModelKey model) {
        return new Object[] {model.tenant(), model.oui(), model.productClass(), model.softwareVersion()};
    }

    private static @Nullable Object[] with(ModelKey model, List<Object> before, ModelFact fact) {
        List<Object> all = new ArrayList<>(before);
        all.addAll(List.of(arguments(model)));
        all.add(fact.kind());
        all.add(fact.name());
        return all.toArray();
    }

    /** What was read lately. An entry is good for a minute, since a transaction may be undone after it was read. Thread-safe. */
    static final class Recent {
        private static final int MOST = 200;
        private static final long LIFE = TimeUnit.MINUTES.toNanos(1);

        private record Entry(ModelFacts facts, long at) {}

        private final LinkedHashMap<ModelKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
        private final Limits limits;

        Recent(Limits limits) {
            this.limits = limits;
        }

        Limits limits() {
            return limits;
        }

        synchronized Optional<ModelFacts> find(ModelKey model) {
            Entry entry = entries.get(model);
            return entry == null || System.nanoTime() - entry.at() > LIFE
                    ? Optional.empty()
                    : Optional.of(entry.facts());
        }

        synchronized void add(ModelKey model, ModelFacts facts) {
            entries.put(model, new Entry(facts, System.nanoTime()));
            if (entries.size() > MOST) {
                entries.remove(entries.keySet().iterator().next());
            }
        }

        synchronized void forget(ModelKey model) {
            entries.remove(model);
        }

        synchronized void forgetAll() {
            entries.clear();
        }
    }
}
