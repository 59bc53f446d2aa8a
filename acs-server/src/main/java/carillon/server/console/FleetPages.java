package carillon.server.console;

import carillon.db.DeviceQuery;
import carillon.db.DeviceRow;
import carillon.db.DeviceState;
import carillon.db.FirstContact;
import carillon.db.FleetCounts;
import carillon.db.Page;
import carillon.db.Scope;
import carillon.db.Stores;
import carillon.server.access.Permission;
import carillon.server.console.view.Chart;
import carillon.server.console.view.DashboardView;
import carillon.server.console.view.Phone;
import carillon.server.console.view.PhonesView;
import carillon.server.console.view.Query;
import carillon.server.console.view.RpcView;
import carillon.server.console.view.Trail;
import carillon.server.events.VisitRate;
import carillon.server.operator.Guard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The fleet: the dashboard, and the list of phones. */
final class FleetPages {
    private static final int SHOWN = 6;
    private static final int MOST_CLAIMS = 50;
    private static final int PAGE = 50;
    private static final int VERSIONS = 8;
    private static final Duration LATELY = Duration.ofDays(1);

    private final Frames frames;
    private final Guard guard;
    private final RpcPages rpcs;
    private final VisitRate rate;
    private final Supplier<String> acsUrl;
    private final InstantSource clock;

    FleetPages(
            Frames frames, Guard guard, RpcPages rpcs, VisitRate rate, Supplier<String> acsUrl, InstantSource clock) {
        this.frames = frames;
        this.guard = guard;
        this.rpcs = rpcs;
        this.rate = rate;
        this.acsUrl = acsUrl;
        this.clock = clock;
    }

    Answer dashboard(Visit visit) {
        Instant now = clock.instant();
        Scope scope = visit.actor().scope();
        DashboardView view = guard.read(visit.actor(), Permission.READ, stores -> {
            FleetCounts counts = stores.devices().counts(scope);
            return new DashboardView(
                    counts(counts),
                    claims(stores, scope),
                    phones(stores, scope, query("", "waiting", "", "", "", SHOWN, "")),
                    phones(stores, scope, query("", "late", "", "", "", SHOWN, "")),
                    newcomers(stores, scope),
                    troubles(stores, scope, now),
                    shares(counts),
                    Chart.of(rate.lastHour(now)),
                    acsUrl.get());
        });
        return Answer.Page.of(
                "dashboard",
                frames.frame(visit, visit.words().say("dashboard.title"), "dashboard"),
                new Answer.Part("v", view));
    }

    private static DashboardView.Counts counts(FleetCounts counts) {
        Map<DeviceState, Long> states = counts.byState();
        return new DashboardView.Counts(
                counts.total(),
                states.getOrDefault(DeviceState.APPROVED, 0L),
                states.getOrDefault(DeviceState.WAITING, 0L),
                states.getOrDefault(DeviceState.ANNOUNCED, 0L),
                states.getOrDefault(DeviceState.REFUSED, 0L),
                counts.late(),
                counts.pendingRpcs());
    }

    /** They have no site yet, so only who is responsible for all sees them. */
    private static List<FirstContact> newcomers(Stores stores, Scope scope) {
        if (!scope.site().isEmpty() || !scope.tag().isEmpty()) {
            return List.of();
        }
        return stores.contacts().list(scope.tenant(), PAGE, "").items().stream()
                .filter(contact -> contact.device().isEmpty())
                .limit(SHOWN)
                .toList();
    }

    private static List<DashboardView.Claimed> claims(Stores stores, Scope scope) {
        List<DashboardView.Claimed> claims = new ArrayList<>();
        stores.claims().pending(scope, MOST_CLAIMS).forEach(claim -> stores.devices()
                .find(claim.deviceKey())
                .ifPresent(device -> claims.add(new DashboardView.Claimed(claim, new Phone(device, -1)))));
        return claims;
    }

    private List<RpcView> troubles(Stores stores, Scope scope, Instant now) {
        List<RpcView> troubles = new ArrayList<>();
        stores.rpcs().troubled(scope, now.minus(LATELY), SHOWN).forEach(rpc -> stores.devices()
                .find(rpc.deviceKey())
                .ifPresent(device -> troubles.add(rpcs.brief(rpc, new Phone(device, -1)))));
        return troubles;
    }

    private static List<DashboardView.Share> shares(FleetCounts counts) {
        return counts.softwareVersions().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(VERSIONS)
                .map(entry -> new DashboardView.Share(
                        entry.getKey(), entry.getValue(), (int) Math.round(100.0 * entry.getValue() / counts.total())))
                .toList();
    }

    private static List<Phone> phones(Stores stores, Scope scope, DeviceQuery query) {
        return phones(stores.devices().search(scope, query));
    }

    private static List<Phone> phones(Page<DeviceRow> page) {
        return page.items().stream()
                .map(row -> new Phone(row.device(), row.pendingRpcs()))
                .toList();
    }

    Answer phones(Visit visit) {
        PhonesView.Asked asked = new PhonesView.Asked(
                visit.asked("q").strip(),
                visit.asked("state"),
                visit.asked("site"),
                visit.asked("tag"),
                visit.asked("version"));
        String cursor = visit.asked("cursor");
        DeviceQuery query =
                query(asked.text(), asked.state(), asked.site(), asked.tag(), asked.version(), PAGE, cursor);
        Scope scope = visit.actor().scope();
        PhonesView view = guard.read(visit.actor(), Permission.READ, stores -> {
            Page<DeviceRow> page = stores.devices().search(scope, query);
            boolean fleet = page.total() > 0
                    || asked.narrowed()
                            && stores.devices()
                                            .search(scope, query("", "", "", "", "", 1, ""))
                                            .total()
                                    > 0;
            return new PhonesView(
                    asked,
                    phones(page),
                    page.total(),
                    page.totalIsAtLeast(),
                    fleet,
                    trail(asked, cursor, page.next()),
                    acsUrl.get());
        });
        return Answer.Page.of(
                "phones", frames.frame(visit, visit.words().say("phones.title"), "phones"), new Answer.Part("v", view));
    }

    private static Trail trail(PhonesView.Asked asked, String cursor, Optional<String> next) {
        String link = "/phones?q=" + Query.of(asked.text()) + "&state=" + Query.of(asked.state()) + "&site="
                + Query.of(asked.site()) + "&tag=" + Query.of(asked.tag()) + "&version=" + Query.of(asked.version());
        return new Trail(
                cursor.isEmpty() ? Optional.empty() : Optional.of(link),
                next.map(after -> link + "&cursor=" + Query.of(after)));
    }

    private static DeviceQuery query(
            String text, String state, String site, String tag, String version, int limit, String cursor) {
        boolean late = state.equals("late");
        Optional<DeviceState> known = Optional.empty();
        for (DeviceState one : DeviceState.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(late ? "approved" : state)) {
                known = Optional.of(one);
            }
        }
        return new DeviceQuery(
                text, known, late ? Optional.of(true) : Optional.empty(), site, tag, version, "", limit, cursor);
    }
}
