package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.phones.AnswerOddity;
import carillon.phones.CallOddity;
import carillon.phones.CourseOddity;
import carillon.phones.InformOddity;
import carillon.phones.LoginOddity;
import carillon.phones.Misbehaviour;
import carillon.phones.Phone;
import carillon.phones.PhoneModel;
import carillon.phones.Prediction;
import carillon.phones.Prediction.Ending;
import carillon.phones.SessionLog;
import carillon.phones.TextOddity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a phone does wrong, the server does with it what is predicted, counts it, and serves the phone's next visit at once. */
class MisbehaviourIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger(9000);

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = new LocalServer(directory.resolve("data"), "cpe.auth", "open", "rpc.repeat.attempts", "1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<Misbehaviour> all() {
        return Misbehaviour.all();
    }

    private static Phone phone() {
        URI url = URI.create("http://127.0.0.1:" + server.port("cwmp.http") + "/");
        return new Phone(PhoneModel.of("CP-8851-3PCC"), NUMBERS.incrementAndGet(), url, "", "");
    }

    /** Makes the server ask for all that phones answer oddly. */
    private static List<String> asked(Phone phone) {
        SessionLog first = phone.session();
        assertThat(first.completed()).as(first.reason()).isTrue();
        Rest rest = server.rest();
        String device = phone.id().toString();
        String names = "[\"Device.DeviceInfo.ModelName\",\"Device.DeviceInfo.SerialNumber\"]";
        return List.of(
                rest.queue(device, "GetParameterNames", "{\"path\":\"Device.\",\"nextLevel\":true}"),
                rest.queue(device, "GetParameterNames", "{\"path\":\"\",\"nextLevel\":false}"),
                rest.queue(device, "GetParameterValues", "{\"paths\":" + names + "}"),
                rest.queue(device, "GetParameterAttributes", "{\"paths\":" + names + "}"),
                rest.queue(
                        device,
                        "SetParameterAttributes",
                        "{\"attributes\":[{\"path\":\"Device.DeviceInfo.ModelName\",\"notification\":1}]}"),
                rest.queue(
                        device,
                        "SetParameterValues",
                        "{\"values\":[{\"path\":\"Device.DeviceInfo.ProvisioningCode\",\"value\":\"x\"}]}"));
    }

    @ParameterizedTest
    @MethodSource("all")
    @Tag("CWMP-021")
    @Tag("CWMP-024")
    @Tag("CWMP-030")
    @Tag("CWMP-035")
    @Tag("CWMP-074")
    @Tag("CWMP-076")
    @Tag("CWMP-077")
    @Tag("CWMP-079")
    @Tag("CWMP-080")
    @Tag("CWMP-083")
    @Tag("CWMP-084")
    @Tag("CWMP-085")
    @Tag("CWMP-088")
    @Tag("CWMP-092")
    @Tag("CWMP-095")
    void a_misbehaving_phone_is_dealt_with_as_predicted_and_served_again_at_once(Misbehaviour wrong) {
        Phone phone = phone();
        List<String> rpcs = wrong instanceof AnswerOddity ? asked(phone) : List.of();
        Map<String, Long> before = ServerErrors.of(server.port("web"));
        phone.misbehaves(wrong);
        SessionLog log = phone.session(Event.of(EventCode.BOOT));
        Prediction seen = log.seen();
        Prediction predicted = wrong.prediction();
        assertThat(seen.ending()).as("%s: %s", seen, log.reason()).isEqualTo(predicted.ending());
        if (predicted.ending() == Ending.REFUSED || predicted.ending() == Ending.FAULT) {
            assertThat(seen).isEqualTo(predicted);
        }

        phone.misbehaves();
        SessionLog next = phone.session(Event.of(EventCode.PERIODIC));
        assertThat(next.completed()).as(next.reason()).isTrue();
        assertThat(Duration.ofNanos(next.nanos())).isLessThan(Duration.ofSeconds(5));
        Map<String, Long> expected = new TreeMap<>(before);
        if (!predicted.error().isEmpty()) {
            expected.merge(predicted.error(), 1L, Long::sum);
        }
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(ServerErrors.of(server.port("web")))
                .isEqualTo(expected));
        for (String rpc : rpcs) {
            assertThat(server.rest().rpc(rpc).get("state").asText()).isIn("succeeded", "failed");
        }
        boolean mayNotCome =
                wrong instanceof AnswerOddity || wrong instanceof LoginOddity || wrong instanceof CallOddity;
        if (!mayNotCome && wrong != InformOddity.URL_EMPTY) {
            assertThat(log.bent()).as("it did something wrong").isTrue();
        }
    }

    private static void isTold(Phone phone, String outcome) {
        String path = "/api/v1/devices/" + phone.id() + "/sessions";
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        server.rest().get(path).get("items").findValuesAsText("outcome"))
                .anySatisfy(told -> assertThat(told).contains(outcome)));
    }

    @Test
    @Tag("CWMP-076")
    void what_was_tolerated_is_told_with_the_session() {
        Phone phone = phone();
        phone.misbehaves(TextOddity.TWO_ENVELOPES);
        assertThat(phone.session().completed()).isTrue();
        isTold(phone, "ended well; tolerated: ");
    }

    @Test
    void why_a_session_was_refused_or_abandoned_is_told_with_it() {
        Phone phone = phone();
        phone.misbehaves(CourseOddity.CUT_ANSWER);
        assertThat(phone.session().seen()).isEqualTo(Prediction.refused(400));
        isTold(phone, "refused with 400: ");
        phone.misbehaves(CourseOddity.DROP_AFTER_INFORM);
        phone.session();
        phone.misbehaves();
        assertThat(phone.session().completed()).isTrue();
        isTold(phone, "the phone began another session");
    }
}
