package carillon.server.console.view;

import carillon.db.Association;
import carillon.db.Claim;
import carillon.server.operator.DeviceActions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A phone and what is above all of its pages.
 *
 * @param tab which of its pages this is
 * @param claims newest first
 * @param trouble a sentence that says why the last wish was not granted
 * @param company the gateway it is behind, and what is behind it
 * @param secureUrl where the phone would get credentials of its own; empty where there is no HTTPS
 */
public record PhoneView(
        Phone phone,
        String tab,
        List<Claim> claims,
        Optional<String> trouble,
        Optional<Called> called,
        DeviceActions.Company company,
        String secureUrl) {
    public PhoneView {
        claims = List.copyOf(claims);
    }

    /**
     * What came of a connection request.
     *
     * @param kind which way: {@code HTTP}, {@code UDP} or {@code XMPP}
     * @param outcome {@code accepted}, {@code refused}, {@code unreachable} or {@code forbidden}; {@code joined} for a phone
     *     that had its session open already
     */
    public record Called(String kind, String outcome, String sentence, Duration took) {
        /** Nothing was sent. */
        public boolean joined() {
            return outcome.equals("joined");
        }

        public boolean good() {
            return joined() || outcome.equals("accepted");
        }
    }

    /** The name of a device that this one belongs with: what people call it where it is known here. */
    public String name(Association.Linked linked) {
        return linked.device()
                .map(device -> new Phone(device, -1).name())
                .orElse(linked.id().toString());
    }

    /** The path of its page; empty where there is none. */
    public String link(Association.Linked linked) {
        return linked.device().map(device -> new Phone(device, -1).link()).orElse("");
    }

    /** Claims that nobody has decided. */
    public List<Claim> pending() {
        return claims.stream()
                .filter(claim -> claim.state() == Claim.State.PENDING)
                .toList();
    }

    /** Whether it seems to have come back from a factory reset of this server, and nobody has said that it was this phone. */
    public boolean comesFromReset() {
        return pending().stream().anyMatch(Claim::expected);
    }

    /** The link of one of its pages. */
    public String to(String page) {
        return phone.link() + (page.equals("summary") ? "" : "/" + page);
    }

    /** Whether an operator may ask for new credentials. */
    public boolean mayRotate() {
        return switch (phone.device().trust().credentials()) {
            case SEEN -> true;
            case ISSUED -> phone.device().trust().certified();
            case NONE, DUE, ROTATING -> false;
        };
    }

    /** {@code none}, {@code issued}, {@code seen}, {@code due} or {@code rotating}. */
    public String credentials() {
        return phone.device().trust().credentials().name().toLowerCase(java.util.Locale.ROOT);
    }
}
