package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpVersion;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.FaultCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.Secret;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.Envelope;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A phone and a server over HTTP. */
class PhoneSessionTest {
    private static final Event BOOTSTRAP = Event.of(EventCode.BOOTSTRAP);
    private static final Event BOOT = Event.of(EventCode.BOOT);
    private static final Event PERIODIC = Event.of(EventCode.PERIODIC);

    private TestAcs acs;
    private Phone phone;

    @BeforeEach
    void open() throws Exception {
        acs = new TestAcs();
        phone = acs.phone("", "");
    }

    @AfterEach
    void close() {
        acs.close();
    }

    private void completes(Event... extra) {
        SessionLog log = phone.session(extra);
        assertThat(log.completed()).as(log.reason()).isTrue();
    }

    private CpeRequest.Inform lastInform() {
        return acs.informs.get(acs.informs.size() - 1);
    }

    private AcsRequest.Download download(String path, String username, String password, long size) {
        return new AcsRequest.Download(
                "key",
                "1 Firmware Upgrade Image",
                acs.url() + path,
                username,
                new Secret(password),
                size,
                "",
                0,
                "",
                "");
    }

    @Test
    void out_of_the_box_it_says_who_it_is_once() {
        completes();
        assertThat(lastInform().events()).containsExactly(BOOTSTRAP, BOOT);
        assertThat(lastInform().device()).isEqualTo(phone.id());
        assertThat(lastInform().valueOf("LAN.MACAddress")).contains("00:56:2B:00:00:07");
        assertThat(acs.cookies).containsExactly("null", "SID=abc");
        completes(PERIODIC);
        assertThat(lastInform().events()).containsExactly(PERIODIC);
    }

    @ParameterizedTest
    @EnumSource(CwmpVersion.class)
    void it_speaks_the_version_it_was_told(CwmpVersion version) {
        phone.speaks(version);
        completes();
        Envelope inform = acs.envelopes.get(0);
        assertThat(inform.style().namespace()).isEqualTo(version.namespace());
        assertThat(inform.headers().sessionTimeoutSeconds().isPresent())
                .as("SessionTimeout is of version 1.3")
                .isEqualTo(version.compareTo(CwmpVersion.V1_3) >= 0);
        assertThat(inform.headers().supportedVersions())
                .isEqualTo(version == CwmpVersion.V1_4 ? List.of("1.0", "1.1", "1.2", "1.3", "1.4") : List.of());
    }

    @Test
    @Tag("CWMP-132")
    void what_the_server_wants_repeated_is_repeated_at_once_in_the_same_session() {
        acs.faults.addAll(List.of(FaultCode.ACS_RETRY_REQUEST, FaultCode.ACS_RETRY_REQUEST));
        completes();
        assertThat(acs.informs).hasSize(3);
        assertThat(acs.informs).containsOnly(acs.informs.get(0));
        assertThat(phone.failures()).isZero();
    }

    @Test
    @Tag("CWMP-132")
    void a_server_that_wants_it_repeated_without_end_is_left_after_ten_times() {
        acs.faults.addAll(Collections.nCopies(50, FaultCode.ACS_RETRY_REQUEST));
        assertThat(phone.session().completed()).isFalse();
        assertThat(acs.informs).hasSize(11);
        assertThat(phone.failures()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultCode.class,
            names = {
                "ACS_REQUEST_DENIED",
                "ACS_INTERNAL_ERROR",
                "ACS_INVALID_ARGUMENTS",
                "ACS_RESOURCES_EXCEEDED",
                "ACS_VERSION_NOT_COMPATIBLE"
            })
    @Tag("CWMP-132")
    void any_other_fault_ends_the_session_and_counts_as_a_failure_for_the_retry_table(FaultCode code) {
        acs.faults.add(code);
        SessionLog log = phone.session();
        assertThat(log.completed()).isFalse();
        assertThat(log.reason()).contains(Integer.toString(code.number()));
        assertThat(acs.heard).hasSize(1);
        assertThat(phone.failures()).isEqualTo(1);
        completes();
        assertThat(lastInform().retryCount()).isEqualTo(1);
        assertThat(phone.failures()).isZero();
    }

    @Test
    void events_are_kept_until_the_server_has_acknowledged_them() {
        acs.informStatus = 500;
        phone.rung();
        assertThat(phone.session().completed()).isFalse();
        assertThat(lastInform().events()).contains(Event.of(EventCode.CONNECTION_REQUEST));
        assertThat(phone.session().completed()).isFalse();
        assertThat(phone.failures()).isEqualTo(2);
        acs.informStatus = 200;
        completes();
        assertThat(lastInform().events())
                .as("a connection request is not reported again")
                .containsExactly(BOOTSTRAP, BOOT);
        assertThat(lastInform().retryCount()).isEqualTo(2);
        assertThat(phone.failures()).isZero();
        assertThat(phone.hasNews()).isFalse();
    }

    @Test
    void a_reboot_ends_in_boot_and_its_own_event() {
        completes();
        acs.asks.add(new AcsRequest.Reboot("key"));
        completes(PERIODIC);
        assertThat(acs.heard).contains(new CpeResponse.RebootResponse());
        assertThat(phone.takeAbsence()).isPresent();
        assertThat(phone.takeAbsence()).isEmpty();
        completes();
        assertThat(lastInform().events()).containsExactly(BOOT, Event.of(EventCode.M_REBOOT, "key"));
        assertThat(phone.executions(AcsMethod.REBOOT)).isEqualTo(1);
    }

    @Test
    void a_factory_reset_forgets_what_it_was_told_and_not_where_it_listens() {
        completes();
        phone.listensAt(URI.create("http://127.0.0.1:9/bell"));
        acs.asks.add(new AcsRequest.SetParameterValues(
                List.of(ParameterValue.string("Device.ManagementServer.Username", "own")), ""));
        acs.asks.add(new AcsRequest.FactoryReset());
        completes(PERIODIC);
        assertThat(phone.value("Device.ManagementServer.Username")).isEmpty();
        completes();
        assertThat(lastInform().events()).containsExactly(BOOTSTRAP, BOOT);
        assertThat(lastInform().valueOf("ConnectionRequestURL")).contains("http://127.0.0.1:9/bell");
    }

    @Test
    void a_download_is_fetched_and_reported_until_the_report_was_answered() {
        completes();
        acs.asks.add(download("file/sip88xx.99.loads", "", "", 1000));
        completes(PERIODIC);
        assertThat(acs.heard)
                .anyMatch(heard -> heard instanceof CpeResponse.DownloadResponse told && told.status() == 1);
        acs.transferStatus = 500;
        assertThat(phone.session().completed()).isFalse();
        acs.transferStatus = 200;
        completes();
        assertThat(lastInform().events())
                .contains(Event.of(EventCode.TRANSFER_COMPLETE), Event.of(EventCode.M_DOWNLOAD, "key"));
        assertThat(lastInform().valueOf("DeviceInfo.SoftwareVersion")).contains("sip88xx.99");
        assertThat(transfer().fault().code()).isZero();
        assertThat(transfer().commandKey()).isEqualTo("key");
        assertThat(phone.hasNews()).isFalse();
    }

    private CpeRequest.TransferComplete transfer() {
        return acs.heard.stream()
                .filter(CpeRequest.TransferComplete.class::isInstance)
                .map(CpeRequest.TransferComplete.class::cast)
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "file/x,   '', '', 999,  9018",
        "gone/x,   '', '', 0,    9016",
        "locked/x, u,  p,  10,   0",
        "locked/x, u,  q,  0,    9012",
    })
    void what_went_wrong_with_a_download_is_said_by_its_number(
            String path, String username, String password, long size, int code) {
        acs.asks.add(download(path, username, password, size));
        completes();
        completes();
        assertThat(transfer().fault().code()).isEqualTo(code);
    }

    @Test
    void a_challenge_is_answered_with_what_the_phone_was_given() {
        acs.challenge = "Digest realm=\"acs\", nonce=\"n\", qop=\"auth\"";
        phone = acs.phone("me", "s3cret");
        completes();
        assertThat(acs.authorizations.get(0))
                .contains("username=\"me\"", "qop=auth")
                .doesNotContain("s3cret");
        acs.challenge = "Bearer realm=\"acs\"";
        SessionLog log = phone.session();
        assertThat(log.completed()).isFalse();
        assertThat(log.reason()).contains("401");
    }

    @Test
    void another_server_is_told_that_it_is_the_first_contact() throws Exception {
        completes();
        try (TestAcs other = new TestAcs()) {
            acs.asks.add(new AcsRequest.SetParameterValues(
                    List.of(ParameterValue.string(
                            "Device.ManagementServer.URL", other.url().toString())),
                    ""));
            completes(PERIODIC);
            completes();
            assertThat(other.informs.get(0).events()).containsExactly(BOOTSTRAP);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CourseOddity.class,
            names = {"DROP_AFTER_INFORM", "DROP_ON_REQUEST", "DROP_BEFORE_ANSWER"})
    void it_vanishes_where_it_is_told_to(CourseOddity when) {
        acs.asks.add(new AcsRequest.GetRpcMethods());
        phone.misbehaves(when);
        SessionLog log = phone.session();
        assertThat(log.completed()).isFalse();
        assertThat(log.seen()).isEqualTo(Prediction.UNNOTICED);
        assertThat(log.bent()).isTrue();
        assertThat(phone.executions(AcsMethod.GET_RPC_METHODS))
                .isEqualTo(when == CourseOddity.DROP_BEFORE_ANSWER ? 1 : 0);
        assertThat(acs.asks).hasSize(when == CourseOddity.DROP_AFTER_INFORM ? 1 : 0);
    }

    @Test
    void it_forgets_its_cookie_where_it_is_told_to() {
        phone.misbehaves(HttpOddity.NO_COOKIE, HttpOddity.CONNECTION_PER_POST);
        completes();
        assertThat(acs.cookies).containsExactly("null", "null");
    }

    @Test
    void a_server_that_cannot_be_understood_is_a_failed_session_and_no_more() {
        acs.informStatus = 204;
        assertThat(phone.session().reason()).contains("Inform was answered with");
        acs.close();
        assertThat(phone.session().completed()).isFalse();
        assertThat(phone.failures()).isEqualTo(2);
    }
}
