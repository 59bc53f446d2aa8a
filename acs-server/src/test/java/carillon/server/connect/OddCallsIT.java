package carillon.server.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import carillon.cwmp.message.AcsMethod;
import carillon.db.QueuedRpc;
import carillon.db.RpcState;
import carillon.phones.CallOddity;
import carillon.phones.LoginOddity;
import carillon.phones.Phone;
import carillon.phones.Prediction;
import carillon.phones.SessionLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Phones that answer connection requests, or log in, in odd ways do what they are asked all the same. */
class OddCallsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static EnrolledFleet house;

    @BeforeAll
    static void enrol() throws IOException {
        house = new EnrolledFleet(directory.resolve("data"), CallOddity.values().length);
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource(value = CallOddity.class, names = "CALL_NOT_FOUND", mode = EnumSource.Mode.EXCLUDE)
    @Tag("CWMP-197")
    @Tag("CWMP-199")
    void a_phone_that_answers_a_call_oddly_comes_and_does_what_it_is_asked(CallOddity odd) {
        Phone phone = house.phone(odd.ordinal());
        phone.misbehaves(odd);
        int before = phone.executions(AcsMethod.GET_RPC_METHODS);
        QueuedRpc rpc = house.queue(phone, true);
        await().atMost(PATIENCE).until(() -> house.find(rpc).state() == RpcState.SUCCEEDED);
        assertThat(phone.executions(AcsMethod.GET_RPC_METHODS)).isEqualTo(before + 1);
        phone.misbehaves();
    }

    @ParameterizedTest
    @EnumSource(value = CallOddity.class, names = "CALL_NOT_FOUND")
    void a_phone_that_is_not_found_keeps_its_work_and_the_work_says_why(CallOddity odd) {
        Phone phone = house.phone(odd.ordinal());
        phone.misbehaves(odd);
        QueuedRpc rpc = house.queue(phone, true);
        await().atMost(PATIENCE).until(() -> house.find(rpc).note().contains("404"));
        assertThat(house.find(rpc).state()).isEqualTo(RpcState.QUEUED);
        phone.misbehaves();
    }

    @ParameterizedTest
    @EnumSource(value = LoginOddity.class, names = "NO_SECOND_TRY", mode = EnumSource.Mode.EXCLUDE)
    @Tag("CWMP-048")
    @Tag("CWMP-050")
    @Tag("CWMP-051")
    void a_phone_that_logs_in_oddly_is_taken_for_itself_and_given_its_work(LoginOddity odd) {
        Phone phone = house.phone(0);
        QueuedRpc rpc = house.queue(phone, false);
        phone.misbehaves(odd);
        SessionLog log = phone.session();
        assertThat(log.completed()).as(log.reason()).isTrue();
        assertThat(house.find(rpc).state())
                .as("who is not taken for the device is given nothing")
                .isEqualTo(RpcState.SUCCEEDED);
        phone.misbehaves();
    }

    @ParameterizedTest
    @EnumSource(value = LoginOddity.class, names = "NO_SECOND_TRY")
    void a_phone_that_does_not_answer_the_challenge_is_given_nothing(LoginOddity odd) {
        Phone phone = house.phone(1);
        QueuedRpc rpc = house.queue(phone, false);
        phone.misbehaves(odd);
        assertThat(phone.session().seen()).isEqualTo(Prediction.refused(401));
        assertThat(house.find(rpc).state()).isEqualTo(RpcState.QUEUED);
        phone.misbehaves();
        assertThat(phone.session().completed()).isTrue();
        assertThat(house.find(rpc).state()).isEqualTo(RpcState.SUCCEEDED);
    }
}
