package carillon.server.files;

import carillon.db.Database;
import carillon.db.FirstContact;
import carillon.db.FirstContact.Said;
import carillon.db.Scope;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who asked for a first profile, so that operators see phones before these come by CWMP. The answer waits for
 * none of this, and a phone that comes again within an hour and says the same is not written down again.
 */
public final class FirstContacts {
    private static final Logger LOG = LoggerFactory.getLogger(FirstContacts.class);
    private static final int REMEMBERED = 50_000;
    private static final Duration QUIET = Duration.ofHours(1);
    private static final Duration BREATH = Duration.ofMinutes(1);
    private static final int LONGEST_DESCRIPTION = 4000;
    private static final int LONGEST = 64;
    private static final Pattern MAC = field("MAC_Addr", "[0-9A-Fa-f]{12}");
    private static final Pattern SERIAL = field("Ser_Num", "[0-9A-Za-z]{1,32}");
    private static final Pattern PRODUCT = field("Product", "[0-9A-Za-z-]{1,32}");
    private static final Pattern VERSION = field("SW_Ver", "[0-9A-Za-z_.-]{1,64}");

    private final Database database;
    private final FirstContact.Limits limits;
    private final Executor writers;
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Cache<String, Noted> noted = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    private final Cache<String, AtomicInteger> fresh = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(QUIET)
            .executor(Runnable::run)
            .build();

    public FirstContacts(
            Database database,
            FirstContact.Limits limits,
            Executor writers,
            MeterRegistry registry,
            InstantSource clock) {
        this.database = database;
        this.limits = limits;
        this.writers = writers;
        this.registry = registry;
        this.clock = clock;
    }

    private record Noted(Said said, Instant at) {}

    /** A phone asked at this path, which says this of it. What is in the path counts more than what it says beside. */
    void came(FileRequest request, BootstrapPaths.Hints hints) {
        String body = request.description().orElse("");
        String mac = first(
                hints.mac(),
                group(MAC, body).toLowerCase(Locale.ROOT),
                request.agent().map(PhoneAgent::mac).orElse(""));
        String model = first(
                hints.model(),
                group(PRODUCT, body),
                request.agent().map(PhoneAgent::product).orElse(""));
        if (mac.isEmpty() && model.isEmpty()) {
            return;
        }
        Said said = new Said(
                mac,
                first(
                        hints.serial(),
                        group(SERIAL, body),
                        request.agent().map(PhoneAgent::serial).orElse("")),
                model,
                first(
                        group(VERSION, body),
                        request.agent().map(PhoneAgent::version).orElse(""),
                        ""),
                request.source(),
                request.road().name().toLowerCase(Locale.ROOT),
                request.path(),
                printable(body));
        Instant now = clock.instant();
        Noted before = noted.getIfPresent(said.identity());
        if (before != null
                && before.at().plus(before.said().equals(said) ? QUIET : BREATH).isAfter(now)) {
            return;
        }
        if (before == null && !mayBeNew(said.source())) {
            count("refused");
            return;
        }
        noted.put(said.identity(), new Noted(said, now));
        try {
            writers.execute(() -> write(said, now));
        } catch (RejectedExecutionException tooMany) {
            // it comes again
            noted.invalidate(said.identity());
            count("dropped");
        }
    }

    /** The store counts too, and for certain; this spares it most of a flood. */
    private boolean mayBeNew(String source) {
        return fresh.get(source, any -> new AtomicInteger()).incrementAndGet() <= 2L * limits.perSourceAndHour();
    }

    private void write(Said said, Instant now) {
        boolean kept = database.write(stores -> stores.contacts().visited(Scope.DEFAULT_TENANT, said, now, limits));
        count(kept ? "kept" : "refused");
        if (kept) {
            LOG.info(
                    "{} ({}) at {} asked for its first profile by {}",
                    said.mac(),
                    said.model(),
                    said.source(),
                    said.road());
        }
    }

    private void count(String outcome) {
        registry.counter("carillon.first.contacts", "outcome", outcome).increment();
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (!text.isEmpty()) {
                return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
            }
        }
        return "";
    }

    private static Pattern field(String name, String value) {
        return Pattern.compile("\\b" + name + "\\s*=\\s*\"?(" + value + ")\"?\\s*;");
    }

    private static String group(Pattern pattern, String body) {
        Matcher matcher = pattern.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String printable(String body) {
        String cut = body.length() > LONGEST_DESCRIPTION ? body.substring(0, LONGEST_DESCRIPTION) : body;
        return cut.replaceAll("[\\p{Cntrl}&&[^\n\t]]|\\p{Cs}", "?");
    }
}
