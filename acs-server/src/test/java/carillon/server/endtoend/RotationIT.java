package carillon.server.endtoend;

import static carillon.server.endtoend.Factory.completed;
import static carillon.server.endtoend.Factory.isAskedToSet;
import static carillon.server.endtoend.Factory.login;
import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.phones.CourseOddity;
import carillon.phones.Phone;
import carillon.server.endtoend.RawPhone.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator wants a phone to have new credentials; nothing that can happen on the way strands the phone. */
class RotationIT {
    private static final AtomicInteger NUMBERS = new AtomicInteger(51_000);

    @TempDir
    static Path directory;

    private static LocalServer server;

    @BeforeAll
    static void start() {
        server = Factory.askingForLogin(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Phone own() {
        return new Factory(server).ownAfterLogin(NUMBERS.incrementAndGet());
    }

    private static Rest.Answer rotate(Phone phone) {
        return server.rest().call("POST", Factory.path(phone) + "/credentials/rotation", "");
    }

    private static String state(Phone phone) {
        return server.rest()
                .get(Factory.path(phone) + "/credentials")
                .get("state")
                .asText();
    }

    /** How a login over a new connection, without TLS, is answered. */
    private static int status(Phone phone, Login login) throws IOException {
        try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"))) {
            String inform = Soap.inform(phone.id(), "2 PERIODIC");
            Answer challenge = raw.post("", inform);
            assertThat(challenge.status()).isEqualTo(401);
            return raw.post(login.answers(challenge.header("www-authenticate")), inform)
                    .status();
        }
    }

    @Test
    @Tag("CWMP-058")
    @Tag("CWMP-253")
    void the_old_ones_are_good_until_the_new_ones_were_used_and_who_asked_is_written_down() throws IOException {
        Phone phone = own();
        Login old = login(phone);
        Rest.Answer asked = rotate(phone);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(asked.body().get("state").asText()).isEqualTo("due");
        assertThat(rotate(phone).status()).isEqualTo(202);
        // over plain HTTP they are not given out
        assertThat(status(phone, old)).isEqualTo(200);
        assertThat(state(phone)).isEqualTo("due");

        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC))))
                .containsExactly("Username", "Password", "ConnectionRequestUsername", "ConnectionRequestPassword");
        assertThat(login(phone).password()).hasSize(26).isNotEqualTo(old.password());
        assertThat(state(phone)).isEqualTo("rotating");
        assertThat(rotate(phone).status()).isEqualTo(409);
        assertThat(status(phone, old)).isEqualTo(200);
        assertThat(state(phone)).isEqualTo("rotating");

        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC)))).isEmpty();
        assertThat(state(phone)).isEqualTo("seen");
        assertThat(status(phone, old)).isEqualTo(401);
        assertThat(status(phone, login(phone))).isEqualTo(200);
        assertThat(server.rest().get("/api/v1/audit").get("items").toString())
                .contains("credentials.rotate")
                .doesNotContain(old.password(), login(phone).password());
    }

    @Test
    @Tag("CWMP-058")
    void where_the_answer_was_lost_both_are_good_whether_the_phone_applied_them_or_not() throws IOException {
        for (CourseOddity drop : new CourseOddity[] {CourseOddity.DROP_ON_REQUEST, CourseOddity.DROP_BEFORE_ANSWER}) {
            boolean applied = drop == CourseOddity.DROP_BEFORE_ANSWER;
            Phone phone = own();
            Login old = login(phone);
            rotate(phone);
            phone.misbehaves(drop);
            assertThat(phone.session(Event.of(EventCode.PERIODIC)).requests()).hasSize(1);
            phone.misbehaves();
            assertThat(login(phone).password().equals(old.password())).isEqualTo(!applied);
            assertThat(status(phone, old)).isEqualTo(200);
            assertThat(status(phone, login(phone))).isEqualTo(200);
            assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC))).contains("Password"))
                    .isEqualTo(!applied);
            assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC))))
                    .isEmpty();
            assertThat(state(phone)).isEqualTo("seen");
            assertThat(status(phone, old)).isEqualTo(401);
        }
    }

    @Test
    @Tag("CWMP-058")
    void after_a_day_only_the_new_ones_are_good() throws IOException {
        Phone phone = own();
        Login old = login(phone);
        rotate(phone);
        assertThat(isAskedToSet(phone.session(Event.of(EventCode.PERIODIC)))).contains("Password");
        server.later(Duration.ofHours(23));
        assertThat(status(phone, old)).isEqualTo(200);
        server.later(Duration.ofHours(2));
        assertThat(status(phone, old)).isEqualTo(401);
        assertThat(status(phone, login(phone))).isEqualTo(200);
    }

    @Test
    @Tag("CWMP-055")
    @Tag("CWMP-252")
    void nobody_gets_in_without_a_login_while_they_are_being_changed() throws IOException {
        Phone phone = own();
        rotate(phone);
        completed(phone.session(Event.of(EventCode.PERIODIC)));
        assertThat(state(phone)).isEqualTo("rotating");
        try (RawPhone raw = RawPhone.connect(server.port("cwmp.http"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(raw.post("", Soap.inform(phone.id(), "2 PERIODIC")).status())
                        .isEqualTo(401);
            }
        }
        assertThat(status(phone, Login.of("phones", "let me in"))).isEqualTo(401);
        assertThat(state(phone)).isEqualTo("rotating");
    }

    @Test
    void a_phone_that_has_none_cannot_get_new_ones() {
        Phone phone = new Factory(server).phone(NUMBERS.incrementAndGet(), "https");
        phone.changes(Factory.MANAGEMENT + "Username", "phones");
        phone.changes(Factory.MANAGEMENT + "Password", "let me in");
        completed(phone.session());
        assertThat(rotate(phone).status()).isEqualTo(409);
    }
}
