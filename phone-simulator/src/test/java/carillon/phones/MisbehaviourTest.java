package carillon.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of what phones do wrong, and the account of what became of it. */
class MisbehaviourTest {
    private static SessionLog session(Prediction seen, boolean bent) {
        String reason = seen.ending() == Prediction.Ending.WELL ? "" : "because";
        return new SessionLog(reason, seen, bent, 1, List.of(), List.of(), 1000);
    }

    @Test
    void each_has_a_name_of_its_own_and_says_what_it_does() {
        assertThat(Misbehaviour.all()).extracting(Misbehaviour::name).doesNotHaveDuplicates();
        assertThat(Misbehaviour.all())
                .allSatisfy(one -> assertThat(one.wire()).isNotBlank().doesNotContain("\n"));
    }

    @Test
    void they_are_named_in_any_case_with_commas_between_them_or_all_at_once() {
        assertThat(Misbehaviour.named("chunked, no-cookie")).containsExactly(HttpOddity.CHUNKED, HttpOddity.NO_COOKIE);
        assertThat(Misbehaviour.named("all")).isEqualTo(Misbehaviour.all());
        assertThatThrownBy(() -> Misbehaviour.named("CHUNKED,POLITE"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'POLITE'");
    }

    @Test
    void the_account_tells_what_was_predicted_from_what_was_not() {
        FleetReport report = new FleetReport();
        List<Misbehaviour> cut = List.of(TextOddity.BODY_CUT);
        report.add(cut, session(Prediction.refused(400), true));
        report.add(cut, session(Prediction.refused(500), true));
        report.add(List.of(CourseOddity.DROP_ON_REQUEST), session(Prediction.UNDERSTOOD, false));
        report.add(List.of(CourseOddity.DROP_ON_REQUEST), session(Prediction.UNNOTICED, true));
        report.add(List.of(), session(Prediction.UNDERSTOOD, false));
        assertThat(report.sessions()).as("of phones that behave").isEqualTo(1);
        assertThat(report.errors()).isZero();
        StormReport storm = report.storm();
        assertThat(storm.surprises()).isEqualTo(1);
        assertThat(storm.serverErrors()).isEqualTo(Map.of("400", 2L, "abandoned", 1L));
        assertThat(storm.tallies().get(CourseOddity.DROP_ON_REQUEST))
                .isEqualTo(new StormReport.Tally(2, 1, 2, Map.of()));
        assertThat(storm.tallies().get(TextOddity.BODY_CUT).otherwise())
                .isEqualTo(Map.of("refused with 500: because", 1L));
        assertThat(report.text()).contains("BODY_CUT").contains("{400=2, abandoned=1}");
        assertThat(report.json()).contains("\"surprises\":1").contains("\"name\":\"BODY_CUT\"");
    }

    @Test
    void a_phone_that_is_told_to_be_picky_breaks_off_what_it_cannot_bear() throws Exception {
        try (TestAcs acs = new TestAcs()) {
            Phone phone = acs.phone("", "");
            phone.misbehaves(TextOddity.XML_DECLARATION);
            SessionLog log = phone.session();
            assertThat(log.seen().ending()).isEqualTo(Prediction.Ending.BROKEN);
            assertThat(log.reason()).contains("no declaration");
            phone.misbehaves(TextOddity.NO_XML_DECLARATION);
            assertThat(phone.session().completed()).isTrue();
        }
    }

    @Test
    void a_phone_logs_in_as_it_is_told_to() throws Exception {
        try (TestAcs acs = new TestAcs()) {
            acs.challenge = "Digest realm=\"r\", qop=\"auth\", nonce=\"n\", algorithm=MD5";
            Phone phone = acs.phone("user", "secret");
            phone.misbehaves(LoginOddity.DIGEST_WITHOUT_QOP);
            assertThat(phone.session().completed()).isTrue();
            assertThat(acs.authorizations.get(0))
                    .startsWith("Digest ")
                    .doesNotContain("qop")
                    .doesNotContain("nc=");
            phone.misbehaves(LoginOddity.DIGEST_MD5_SESS);
            acs.authorizations.clear();
            phone.session();
            assertThat(acs.authorizations.get(0)).contains("algorithm=MD5-sess");
            phone.misbehaves(LoginOddity.NO_SECOND_TRY);
            assertThat(phone.session().seen()).isEqualTo(Prediction.refused(401));
        }
    }
}
