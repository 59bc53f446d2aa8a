package carillon.server.console;

import carillon.db.Claim;
import carillon.db.Device;
import carillon.db.QueuedRpc;
import carillon.server.console.view.Frame;
import carillon.server.console.view.Phone;
import carillon.server.console.view.PhoneView;
import carillon.server.operator.ActionRefused;
import carillon.server.operator.CallResult;
import carillon.server.operator.ClaimActions;
import carillon.server.operator.ConnectionActions;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.RecentCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One phone: what is known of it, and what is decided about it. */
final class PhonePages {
    private static final int CALL_SECONDS = 45;

    private final Frames frames;
    private final DeviceActions devices;
    private final ClaimActions claims;
    private final ConnectionActions calls;
    private final Supplier<String> secureUrl;

    PhonePages(
            Frames frames,
            DeviceActions devices,
            ClaimActions claims,
            ConnectionActions calls,
            Supplier<String> secureUrl) {
        this.frames = frames;
        this.devices = devices;
        this.claims = claims;
        this.calls = calls;
        this.secureUrl = secureUrl;
    }

    /** The phone that the path names. */
    Phone phone(Visit visit) {
        return new Phone(devices.find(visit.actor(), visit.segment(1)), -1);
    }

    /** What is above each of a phone's pages. */
    PhoneView head(Visit visit, Phone phone, String tab) {
        List<Claim> known = claims.list(visit.actor(), phone.device());
        return new PhoneView(
                phone,
                tab,
                known,
                Optional.empty(),
                Optional.empty(),
                devices.company(visit.actor(), phone.device()),
                secureUrl.get());
    }

    /** The connection requests that may have been made for this RPC: those from its queueing to its leaving. */
    List<RecentCall> calls(Visit visit, QueuedRpc rpc) {
        return calls.recent(visit.actor(), visit.segment(1)).stream()
                .filter(call -> !call.at().isBefore(rpc.createdAt()))
                .filter(call -> rpc.sentAt().filter(call.at()::isAfter).isEmpty())
                .toList();
    }

    /** The frame of a phone's page. */
    Frame frame(Visit visit, Phone phone) {
        Frame frame = frames.frame(visit, phone.name(), "phones");
        // a page that answers a form is found again under the phone's own path
        return visit.post()
                ? new Frame(
                        frame.words(),
                        frame.title(),
                        frame.section(),
                        phone.link(),
                        frame.person(),
                        frame.csrf(),
                        frame.theme(),
                        frame.warnings(),
                        frame.notice(),
                        frame.assets())
                : frame;
    }

    Answer summary(Visit visit) {
        Phone phone = phone(visit);
        return page(visit, head(visit, phone, "summary"));
    }

    private Answer.Page page(Visit visit, PhoneView view) {
        return Answer.Page.of("phone/summary", frame(visit, view.phone()), new Answer.Part("v", view));
    }

    Answer labels(Visit visit) {
        Set<String> tags = Arrays.stream(visit.typed("tags").split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        String every = visit.typed("interval").strip();
        DeviceActions.Patch patch = new DeviceActions.Patch(
                Optional.empty(),
                Optional.of(visit.typed("label")),
                Optional.of(visit.typed("site")),
                Optional.of(tags),
                Optional.of(Duration.ofSeconds(every.isEmpty() ? 0 : Typed.number("interval", every))));
        return patched(visit, patch, "saved");
    }

    Answer state(Visit visit) {
        String state = visit.typed("state");
        return patched(visit, DeviceActions.Patch.toState(state), state);
    }

    Answer rotate(Visit visit) {
        devices.rotateCredentials(visit.actor(), visit.segment(1));
        return Answer.Redirect.to(phone(visit).link() + "?done=rotate");
    }

    private Answer patched(Visit visit, DeviceActions.Patch patch, String done) {
        Device changed = devices.patch(visit.actor(), visit.segment(1), patch);
        String back = visit.typed("back");
        String page = back.isEmpty() ? new Phone(changed, -1).link() : Visit.local(back);
        return Answer.Redirect.to(page + "?done=" + done);
    }

    Answer delete(Visit visit) {
        if (visit.typed("sure").isEmpty()) {
            throw ActionRefused.invalid(visit.words().say("delete.sure"));
        }
        devices.delete(visit.actor(), visit.segment(1));
        return Answer.Redirect.to("/phones?done=deleted");
    }

    Answer claim(Visit visit) {
        Phone phone = phone(visit);
        switch (visit.typed("decision")) {
            case "confirm" -> claims.confirm(visit.actor(), phone.id(), visit.segment(3));
            case "refuse" -> claims.refuse(visit.actor(), phone.id(), visit.segment(3));
            default -> throw ActionRefused.invalid("a claim can be confirmed or refused");
        }
        return Answer.Redirect.to(phone.link() + "?done=claim");
    }

    Answer wake(Visit visit) {
        Phone phone = phone(visit);
        PhoneView view = head(visit, phone, "summary");
        CallResult result;
        try {
            result = calls.send(visit.actor(), phone.id(), "")
                    .orTimeout(CALL_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ActionRefused refused) {
                throw refused;
            }
            result = new CallResult(
                    CallResult.Kind.HTTP,
                    CallResult.Outcome.UNREACHABLE,
                    java.util.OptionalInt.empty(),
                    Duration.ofSeconds(CALL_SECONDS),
                    "");
        }
        return page(
                visit,
                new PhoneView(
                        phone,
                        "summary",
                        view.claims(),
                        Optional.empty(),
                        Optional.of(new PhoneView.Called(
                                result.kind().name(),
                                result.joined()
                                        ? "joined"
                                        : result.outcome().name().toLowerCase(Locale.ROOT),
                                result.sentence(),
                                result.took())),
                        view.company(),
                        view.secureUrl()));
    }
}
