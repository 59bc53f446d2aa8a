package carillon.rpc.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.DeviceId;
import carillon.cwmp.ParameterValue;
import carillon.db.CredentialState;
import carillon.db.Device;
import carillon.db.DeviceState;
import carillon.db.Proof;
import carillon.db.Scope;
import carillon.rpc.enrol.Credentials.Purpose;
import carillon.rpc.enrol.Disclosure.Content;
import carillon.rpc.enrol.Disclosure.Road;
import carillon.rpc.session.Admission;
import carillon.rpc.session.Caller;
import carillon.rpc.session.TrustMode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private static Device device(int number, Optional<Duration> interval) {
        return new Device(
                0,
                Scope.DEFAULT_TENANT,
                "",
                new DeviceId("00562B", "CP-8851-3PCC", "FCH%07d".formatted(number)),
                DeviceState.APPROVED,
                "",
                Set.of(),
                Device.Reported.NOTHING,
                Device.Trust.NONE,
                new Device.Presence(NOW, Optional.empty(), interval, "", Optional.empty(), false, ""),
                Device.Spoken.NOTHING,
                0);
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 3600, 86_400})
    @Tag("CWMP-114")
    void ten_thousand_phones_come_evenly_over_the_interval(long seconds) {
        int[] slots = new int[20];
        for (int i = 0; i < 10_000; i++) {
            InformPlan plan = InformPlan.of(device(i, Optional.empty()), Duration.ofSeconds(seconds));
            assertThat(plan.phaseSeconds()).isBetween(0L, seconds - 1);
            slots[(int) (plan.phaseSeconds() * slots.length / seconds)]++;
        }
        // 500 in each on average; 5 standard deviations to either side
        assertThat(java.util.Arrays.stream(slots).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(390, 610));
    }

    @Test
    void a_plan_is_stable_and_a_device_of_its_own_interval_has_its_own() {
        assertThat(InformPlan.of(device(1, Optional.empty()), HOUR))
                .isEqualTo(InformPlan.of(device(1, Optional.empty()), HOUR));
        InformPlan own = InformPlan.of(device(1, Optional.of(Duration.ofMinutes(5))), HOUR);
        assertThat(own.intervalSeconds()).isEqualTo(300);
        assertThat(own.text()).isEqualTo("300@" + own.phaseSeconds());
    }

    @Test
    void a_plan_is_set_by_three_values_below_the_root_of_the_device() {
        assertThat(new InformPlan(3600, 61).values("InternetGatewayDevice."))
                .extracting(ParameterValue::path, ParameterValue::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "InternetGatewayDevice.ManagementServer.PeriodicInformEnable", "1"),
                        org.assertj.core.groups.Tuple.tuple(
                                "InternetGatewayDevice.ManagementServer.PeriodicInformInterval", "3600"),
                        org.assertj.core.groups.Tuple.tuple(
                                "InternetGatewayDevice.ManagementServer.PeriodicInformTime", "2020-01-01T00:01:01Z"));
    }

    @Test
    void a_phone_is_late_a_tenth_after_its_time_and_at_least_a_minute() {
        assertThat(InformPlan.expectedBy(device(1, Optional.empty()), HOUR, NOW))
                .isEqualTo(NOW.plusSeconds(3960));
        assertThat(InformPlan.expectedBy(device(1, Optional.of(Duration.ofSeconds(60))), HOUR, NOW))
                .isEqualTo(NOW.plusSeconds(120));
    }

    @Test
    void credentials_are_stable_and_different_for_every_device_generation_purpose_and_server() {
        Credentials credentials = new Credentials(new byte[32]);
        DeviceId one = device(1, Optional.empty()).id();
        Set<String> seen = new HashSet<>();
        for (int number = 1; number <= 50; number++) {
            for (int generation = 1; generation <= 3; generation++) {
                for (Purpose purpose : Purpose.values()) {
                    seen.add(credentials
                            .password(device(number, Optional.empty()).id(), generation, purpose)
                            .reveal());
                }
            }
        }
        assertThat(seen)
                .hasSize(50 * 3 * Purpose.values().length)
                .allMatch(password -> password.matches("[0-9A-Za-z]{26}"));
        byte[] otherKey = new byte[32];
        otherKey[31] = 1;
        assertThat(new Credentials(otherKey).password(one, 1, Purpose.CWMP).reveal())
                .isNotIn(seen);
        assertThat(new Credentials(new byte[32]).password(one, 1, Purpose.CWMP).reveal())
                .isIn(seen);
        assertThat(credentials.username(one)).isEqualTo(one.encoded());
        assertThat(credentials.password(one, 1, Purpose.CWMP).toString())
                .doesNotContain(credentials.password(one, 1, Purpose.CWMP).reveal());
        assertThatThrownBy(() -> new Credentials(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Tag("CWMP-058")
    void the_generation_before_the_newest_is_good_until_the_newest_was_used_or_a_day_has_passed() {
        Device.Trust issued = new Device.Trust(CredentialState.ISSUED, 3, Optional.of(NOW), false);
        assertThat(Credentials.goodGenerations(issued, NOW.plus(Duration.ofHours(23))))
                .containsExactly(3, 2);
        assertThat(Credentials.goodGenerations(issued, NOW.plus(Duration.ofHours(25))))
                .containsExactly(3);
        Device.Trust first = new Device.Trust(CredentialState.ISSUED, 1, Optional.of(NOW), false);
        assertThat(Credentials.goodGenerations(first, NOW)).containsExactly(1);
        Device.Trust seen = new Device.Trust(CredentialState.SEEN, 3, Optional.of(NOW), false);
        assertThat(Credentials.goodGenerations(seen, NOW)).containsExactly(3);
        assertThat(Credentials.goodGenerations(Device.Trust.NONE, NOW)).isEmpty();
        Device.Trust due = seen.with(CredentialState.DUE, 3, seen.issuedAt());
        assertThat(Credentials.goodGenerations(due, NOW)).containsExactly(3);
        Device.Trust rotating = seen.with(CredentialState.ROTATING, 4, Optional.of(NOW));
        assertThat(Credentials.goodGenerations(rotating, NOW.plus(Duration.ofHours(23))))
                .containsExactly(4, 3);
        assertThat(Credentials.goodGenerations(rotating, NOW.plus(Duration.ofHours(25))))
                .containsExactly(4);
        assertThat(Credentials.mayBeUnapplied(rotating, NOW)).isFalse();
    }

    private static Device.Trust trust(CredentialState state, int generation) {
        return new Device.Trust(state, generation, Optional.of(NOW), false);
    }

    private static Enrolment.Outcome decided(Device.Trust trust, Proof proof, int generation, boolean bootstrap) {
        Device known = device(1, Optional.empty()).withTrust(trust);
        Caller caller = new Caller("192.0.2.1", true, proof, generation);
        return new Enrolment(TrustMode.REQUIRED).decide(known.id(), Optional.of(known), caller, bootstrap, NOW);
    }

    private static Device.Trust managed(Enrolment.Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(Enrolment.Outcome.Admitted.class, admitted -> assertThat(admitted.admission())
                        .isEqualTo(Admission.MANAGED));
        return ((Enrolment.Outcome.Admitted) outcome).device().trust();
    }

    private static void isAClaim(Enrolment.Outcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(Enrolment.Outcome.Admitted.class, admitted -> assertThat(admitted.admission())
                        .isEqualTo(Admission.CLAIM));
    }

    @Test
    @Tag("CWMP-252")
    void who_came_with_a_certificate_once_is_not_taken_at_an_approvals_word_any_more() {
        Device.Trust certified = managed(decided(trust(CredentialState.NONE, 0), Proof.CLIENT_CERTIFICATE, 0, false));
        assertThat(certified.certified()).isTrue();
        isAClaim(decided(certified, Proof.APPROVAL, 0, false));
        isAClaim(decided(certified, Proof.NONE, 0, false));
        isAClaim(decided(certified, Proof.FIRST_CONTACT, 0, false));
        managed(decided(trust(CredentialState.NONE, 0), Proof.APPROVAL, 0, false));
        // unless an operator has just let it in again
        Device.Trust readmitted = new Device.Trust(CredentialState.NONE, 0, Optional.empty(), true);
        managed(decided(readmitted, Proof.NONE, 0, true));
    }

    @Test
    @Tag("CWMP-041")
    void a_phone_that_was_reset_and_shows_its_certificate_gets_new_credentials_at_once() {
        Device.Trust after = managed(decided(trust(CredentialState.SEEN, 4), Proof.CLIENT_CERTIFICATE, 0, true));
        assertThat(after.credentials()).isEqualTo(CredentialState.NONE);
        assertThat(after.generation()).isEqualTo(4);
        assertThat(after.certified()).isTrue();
        isAClaim(decided(after, Proof.APPROVAL, 0, false));
        // without the reset it keeps what it has
        assertThat(managed(decided(trust(CredentialState.SEEN, 4), Proof.CLIENT_CERTIFICATE, 0, false))
                        .credentials())
                .isEqualTo(CredentialState.SEEN);
    }

    @Test
    @Tag("CWMP-058")
    void credentials_are_replaced_when_the_newest_were_used_and_not_before() {
        Device.Trust rotating = trust(CredentialState.ROTATING, 5);
        assertThat(managed(decided(rotating, Proof.OWN_CREDENTIALS, 4, false)).credentials())
                .isEqualTo(CredentialState.ROTATING);
        assertThat(managed(decided(rotating, Proof.OWN_CREDENTIALS, 5, false)).credentials())
                .isEqualTo(CredentialState.SEEN);
        assertThat(managed(decided(trust(CredentialState.DUE, 4), Proof.OWN_CREDENTIALS, 4, false))
                        .credentials())
                .isEqualTo(CredentialState.DUE);
        isAClaim(decided(rotating, Proof.APPROVAL, 0, false));
    }

    @Test
    @Tag("CWMP-057")
    void the_login_that_phones_share_lets_them_wait_and_no_more() {
        Device unknown = device(9, Optional.empty());
        Caller caller = new Caller("192.0.2.1", true, Proof.FIRST_CONTACT);
        assertThat(new Enrolment(TrustMode.REQUIRED).decide(unknown.id(), Optional.empty(), caller, false, NOW))
                .isInstanceOfSatisfying(Enrolment.Outcome.Admitted.class, admitted -> assertThat(admitted.admission())
                        .isEqualTo(Admission.WAITING));
        assertThat(new Enrolment(TrustMode.REQUIRED)
                        .decide(unknown.id(), Optional.empty(), new Caller("192.0.2.1", true, Proof.NONE), false, NOW))
                .isInstanceOf(Enrolment.Outcome.Unwelcome.class);
        isAClaim(decided(trust(CredentialState.SEEN, 1), Proof.FIRST_CONTACT, 0, false));
    }

    @ParameterizedTest
    @EnumSource(Proof.class)
    @Tag("CWMP-252")
    void what_may_travel_is_what_the_table_says(Proof proof) {
        boolean proven = EnumSet.complementOf(EnumSet.of(Proof.FIRST_CONTACT, Proof.NONE))
                .contains(proof);
        assertThat(Disclosure.proven(proof)).isEqualTo(proven);
        for (boolean encrypted : List.of(true, false)) {
            for (boolean cleartext : List.of(true, false)) {
                for (Road road : Road.values()) {
                    assertThat(Disclosure.allowed(road, Content.BOOTSTRAP, proof, encrypted, cleartext))
                            .isTrue();
                }
                for (Content content : List.of(Content.CONFIGURATION, Content.SECRETS)) {
                    assertThat(Disclosure.allowed(Road.TLS, content, proof, encrypted, cleartext))
                            .isEqualTo(proven);
                    assertThat(Disclosure.allowed(Road.PLAIN_FILES, content, proof, encrypted, cleartext))
                            .isEqualTo(encrypted);
                }
                assertThat(Disclosure.allowed(Road.PLAIN_CWMP, Content.CONFIGURATION, proof, encrypted, cleartext))
                        .isEqualTo(proven);
                assertThat(Disclosure.allowed(Road.PLAIN_CWMP, Content.SECRETS, proof, encrypted, cleartext))
                        .isEqualTo(proven && cleartext);
            }
        }
    }
}
