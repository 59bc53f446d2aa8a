package carillon.server.bench;

import carillon.cwmp.flatprofile.CatalogueKey;
import carillon.cwmp.flatprofile.ClearForm;
import carillon.cwmp.flatprofile.FlatProfile;
import carillon.cwmp.flatprofile.FlatProfileWriter;
import carillon.cwmp.flatprofile.KeyCatalogue;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** What rendering a phone's whole profile costs. */
public final class ProfileBenchmark {
    private static final int KEYS = 900;
    private static final int ACCOUNTS = 10;
    private static final int TIMES = 300;
    private static final int ROUNDS = 12;
    private static final double LIMIT_MICROS = 1000;

    private final Consumer<String> progress;

    /** A benchmark that says how far it is. */
    public ProfileBenchmark(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Measures, and says what came of it. */
    public Finding run() {
        Map<String, String> values = values();
        FlatProfileWriter writer = new FlatProfileWriter(ClearForm.EMPTY_ELEMENT);
        int octets = 0;
        for (int i = 0; i < 4 * TIMES; i++) {
            octets = render(writer, values);
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < TIMES; i++) {
                octets = Math.max(octets, render(writer, values));
            }
            least = Math.min(least, (threads.getCurrentThreadCpuTime() - before) / TIMES);
        }
        progress.accept(String.format(
                Locale.ROOT, "  profile: %d keys, %d accounts, %d octets", values.size(), ACCOUNTS, octets));
        double micros = least / 1000.0;
        return new Finding(
                "profile of " + KEYS + " keys and " + ACCOUNTS + " accounts, CPU",
                String.format(Locale.ROOT, "%.0f us", micros),
                "1 ms",
                micros / LIMIT_MICROS,
                1.0);
    }

    /** From a map in no order to the file's octets: put in order, checked, escaped, encoded. */
    private static int render(FlatProfileWriter writer, Map<String, String> values) {
        return writer.write(FlatProfile.of(values).sorted()).length;
    }

    /** Ten accounts of every key that has an instance, then single keys until there are enough; in a shuffled order. */
    private static Map<String, String> values() {
        List<String> names = new ArrayList<>();
        for (CatalogueKey key : KeyCatalogue.standard().keys()) {
            boolean phone = key.models().contains("8800") && key.routerGroup().isEmpty();
            if (phone && key.base().contains("{n}_") && key.instances().text().contains("8800:1-10")) {
                for (int account = 1; account <= ACCOUNTS; account++) {
                    names.add(key.base().replace("{n}", String.valueOf(account)));
                }
            }
        }
        for (CatalogueKey key : KeyCatalogue.standard().keys()) {
            if (key.models().contains("8800") && !key.base().contains("{")) {
                names.add(key.base());
            }
        }
        List<String> kept = new ArrayList<>(names.subList(0, Math.min(KEYS, names.size())));
        Collections.shuffle(kept, new Random(1));
        Map<String, String> values = new LinkedHashMap<>();
        kept.forEach(name -> values.put(name, "value of " + name + " with <a few> \"escapes\" & more"));
        return values;
    }
}
