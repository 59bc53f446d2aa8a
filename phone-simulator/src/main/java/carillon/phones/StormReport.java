package carillon.phones;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of phones that misbehave, against what was predicted. Thread-safe. */
public final class StormReport {
    private final Map<Misbehaviour, Tally> tallies = new LinkedHashMap<>();
    private final Map<String, Long> serverErrors = new TreeMap<>();

    /**
     * Sessions of phones with one misbehaviour.
     *
     * @param sessions how many there were
     * @param bent in how many of them the phone did what it does wrong
     * @param asPredicted how many ended as predicted
     * @param otherwise how the others ended, and how often
     */
    public record Tally(long sessions, long bent, long asPredicted, Map<String, Long> otherwise) {
        static final Tally NONE = new Tally(0, 0, 0, Map.of());

        public Tally {
            otherwise = Map.copyOf(otherwise);
        }

        Tally with(boolean wasBent, boolean fits, String how) {
            Map<String, Long> more = new TreeMap<>(otherwise);
            if (!fits) {
                more.merge(how, 1L, Long::sum);
            }
            return new Tally(sessions + 1, bent + (wasBent ? 1 : 0), asPredicted + (fits ? 1 : 0), more);
        }
    }

    /** A session in which nothing was done wrong, since nothing came up for it, is predicted to end well. */
    synchronized void add(List<Misbehaviour> wrong, SessionLog log) {
        for (Misbehaviour one : wrong) {
            Prediction prediction = log.bent() ? one.prediction() : Prediction.UNDERSTOOD;
            String how = log.seen() + (log.reason().isEmpty() ? "" : ": " + log.reason());
            tallies.merge(
                    one,
                    Tally.NONE.with(log.bent(), prediction.isMetBy(log.seen()), how),
                    (before, unused) -> before.with(log.bent(), prediction.isMetBy(log.seen()), how));
            if (!prediction.error().isEmpty()) {
                serverErrors.merge(prediction.error(), 1L, Long::sum);
            }
        }
    }

    /** By misbehaviour, in the order in which they came. */
    public synchronized Map<Misbehaviour, Tally> tallies() {
        return Map.copyOf(tallies);
    }

    /** Sessions that did not end as predicted. */
    public synchronized long surprises() {
        return tallies.values().stream()
                .mapToLong(tally -> tally.sessions() - tally.asPredicted())
                .sum();
    }

    /** What the server has to have counted of these sessions in {@code carillon_cwmp_errors_total}, by reason. */
    public synchronized Map<String, Long> serverErrors() {
        return new TreeMap<>(serverErrors);
    }

    synchronized String text() {
        if (tallies.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%nthose that misbehave: sessions %d, not as predicted %d%nerrors the server should have counted %s",
                tallies.values().stream().mapToLong(Tally::sessions).sum(),
                surprises(),
                serverErrors));
        tallies.forEach((one, tally) -> {
            out.append(String.format(
                    Locale.ROOT,
                    "%n  %-28s %4d sessions, %4d of them wrong, %4d as predicted (%s)",
                    one.name(),
                    tally.sessions(),
                    tally.bent(),
                    tally.asPredicted(),
                    one.prediction()));
            if (!tally.otherwise().isEmpty()) {
                out.append("; others: ").append(tally.otherwise());
            }
        });
        return out.toString();
    }

    synchronized String json() {
        if (tallies.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder(",\"misbehaving\":{\"serverErrors\":")
                .append(FleetReport.object(serverErrors))
                .append(",\"surprises\":")
                .append(surprises())
                .append(",\"each\":[");
        String comma = "";
        for (Map.Entry<Misbehaviour, Tally> entry : tallies.entrySet()) {
            Tally tally = entry.getValue();
            out.append(comma)
                    .append("{\"name\":\"")
                    .append(entry.getKey().name())
                    .append("\",\"sessions\":")
                    .append(tally.sessions())
                    .append(",\"wrong\":")
                    .append(tally.bent())
                    .append(",\"asPredicted\":")
                    .append(tally.asPredicted())
                    .append(",\"prediction\":\"")
                    .append(entry.getKey().prediction())
                    .append("\",\"otherwise\":")
                    .append(FleetReport.object(tally.otherwise()))
                    .append('}');
            comma = ",";
        }
        return out.append("]}").toString();
    }
}
