package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileRuleTest {
    private static final PhoneState PHONE = PhoneState.of(
                    "CP-8841-3PCC", "00562b043615", "FCH2133E8B9", "sip88xx.12-0-7MPP0001-46")
            .with("PRVTMR", "30")
            .with("HWVER", "2.0.1")
            .at("10.0.0.5");

    private static RuleDecision decide(String rule, PhoneState phone) throws RuleSyntaxException {
        return ProfileRule.parse(rule).evaluate(phone);
    }

    private static String url(String rule, PhoneState phone) throws RuleSyntaxException {
        return decide(rule, phone)
                .request()
                .map(request -> request.method() + " " + request.url())
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "$(MAU)config.cfg; 000E08012345config.cfg",
                "$STRANGE$MAU.cfg; $STRANGE000E08012345.cfg",
                "$$MAU; $MAU",
                "$(A:2); CDEF",
                "$(A:2:3); CDE",
                "$(A:9:3); ''",
                "$(A:4:30); EF",
                "$B$C; ABC123",
                "$D; '$A'",
                "$P; ''",
                "$(; $(",
                "$(A; $(A",
                "$(A:x); $(A:x)",
                "$; $",
                "$SA-$(SB:1); $SA-$(SB:1)",
                "$MAC $MA; 00:0e:08:01:23:45 000e08012345"
            })
    void macros_are_replaced_once_and_unknown_ones_stay(String text, String expected) {
        PhoneState phone = PhoneState.of("CP-8841-3PCC", "000E08012345", "S", "V")
                .with("A", "ABCDEF")
                .with("B", "ABC")
                .with("C", "123")
                .with("D", "$A")
                .with("SA", "never");
        assertThat(Macro.expanded(text, phone)).isEqualTo(expected);
    }

    @Test
    void a_path_alone_is_fetched_by_tftp_from_the_server_of_dhcp() throws Exception {
        assertThat(url("/$PSN.xml", PHONE)).isEqualTo("GET tftp://10.0.0.5/8841-3PCC.xml");
        assertThatThrownBy(() -> url("/$PSN.xml", PHONE.at("")))
                .hasMessageContaining("names no server")
                .hasMessageContaining("option 66");
        assertThat(url("10.1.2.3:1069/a", PHONE)).isEqualTo("GET tftp://10.1.2.3:1069/a");
        assertThat(url("http://[2001:db8::1]:80/a", PHONE)).isEqualTo("GET http://[2001:db8::1]/a");
        assertThat(url("HTTPS://prov.example.com/Cisco/$MA.cfg", PHONE))
                .isEqualTo("GET https://prov.example.com/Cisco/00562b043615.cfg");
        assertThat(url("gds://", PHONE)).isEqualTo("GET gds://");
    }

    @Test
    void the_first_alternative_that_holds_is_taken() throws Exception {
        String rule = "($PRVTMR ge 600)? http://p/a.cfg | [--post a] http://p/b?";
        PhoneState phone = PHONE.with("A", "MAC = \"$MA\";");
        RuleDecision young = decide(rule, phone);
        assertThat(young.alternative()).isEqualTo(2);
        assertThat(young.request()).hasValueSatisfying(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.body()).contains("MAC = \"00562b043615\";");
            assertThat(request.url().path()).isEqualTo("/b?");
        });
        assertThat(url(rule, phone.with("PRVTMR", "600"))).isEqualTo("GET http://p/a.cfg");
        assertThat(decide("($PRVTMR ge 600)? http://p/a.cfg", phone)).isEqualTo(RuleDecision.SKIPPED);
        assertThat(decide("  ", phone)).isEqualTo(RuleDecision.SKIPPED);
    }

    @Test
    void assignments_are_made_before_the_fetch() throws Exception {
        String rule =
                "(\"$A\" ne \"Provisioned\")? (Line_Enable_1_ = \"No\"; b = \"x $MA\";)! [--post b] https://p/init"
                        + " | https://p/cfg";
        RuleDecision first = decide(rule, PHONE);
        assertThat(first.assignments()).isEqualTo(Map.of("Line_Enable_1_", "No", "GPP_B", "x 00562b043615"));
        assertThat(first.request())
                .hasValueSatisfying(request -> assertThat(request.body()).contains("x 00562b043615"));
        assertThat(url(rule, PHONE.with("A", "Provisioned"))).isEqualTo("GET https://p/cfg");
    }

    @Test
    void options_name_credentials_key_alias_and_srv() throws Exception {
        PhoneState phone = PHONE.with("SA", "u").with("SB", "s ] \" $MA").with("SC", "k");
        RuleDecision decision = decide(
                "[--key $SC --uid \"$SA@x\" --pwd $SB --alias c --srv] https://p.example.com/$SA/$MA.cfg", phone);
        assertThat(decision.request()).hasValueSatisfying(request -> {
            assertThat(request.key()).contains(new Secret("k"));
            assertThat(request.uid()).contains("u@x");
            assertThat(request.pwd()).contains(new Secret("s ] \" $MA"));
            assertThat(request.alias()).contains('C');
            assertThat(request.srv()).isTrue();
            assertThat(request.url()).hasToString("https://p.example.com/$SA/00562b043615.cfg");
            assertThat(request.toString()).doesNotContain("s ]").doesNotContain("Secret[");
        });
        assertThat(decide("[--key \"two words\"] http://p/x", phone).request())
                .hasValueSatisfying(request -> assertThat(request.key()).contains(new Secret("two words")));
        assertThat(decide("[--key x$(SB:0:1)y] http://p/x", phone).request())
                .hasValueSatisfying(request -> assertThat(request.key()).contains(new Secret("xsy")));
    }

    @Test
    void a_dollar_sign_that_was_doubled_is_no_secret() throws Exception {
        assertThat(decide("[--key $$SA] http://p/x", PHONE.with("SA", "secret")).request())
                .hasValueSatisfying(request -> assertThat(request.key()).contains(new Secret("$SA")));
    }

    @ParameterizedTest
    @CsvSource({
        "1 eq 1, true",
        "1 = 2, false",
        "-1 lt 0, true",
        "10 gt 9, true",
        "2 >= 2, true",
        "2 <= 1, false",
        "3 != 3, false",
        "\"a\" eq \"a\", true",
        "\"a\"!=\"A\", true",
        "2.0.1 lt 2.0.10, true",
        "2.0 lt 2.0.0, true",
        "$HWVER ge 2.0.1, true",
        "$SWVER lt sip88xx.12-0-7MPP0001-47, true",
        "1 eq 1 and 2 eq 3, false",
        "1 eq 1 and 2 eq 2 and \"\" eq \"$P\", true",
        "$PRVTMR<31, true"
    })
    void comparisons(String condition, boolean holds) throws Exception {
        RuleDecision decision = decide("(" + condition + ")? http://p/x", PHONE);
        assertThat(decision.alternative()).isEqualTo(holds ? 1 : 0);
    }

    @Test
    void versions_compare_micro_and_release_before_build() throws Exception {
        String rule = "($SWVER lt sip88xx.12-0-7MPP0001-46)? http://p/sw/12.loads";
        assertThat(decide(rule, PHONE.with("SWVER", "sip88xx.11-3-2MPP0001-609"))
                        .alternative())
                .isEqualTo(1);
        assertThat(decide(rule, PHONE.with("SWVER", "sip88xx.12-0-7MPP0501-123"))
                        .alternative())
                .isZero();
        FirmwareVersion second =
                FirmwareVersion.parse("sip88xx.11-3-2MPP0002-256").orElseThrow();
        FirmwareVersion first = FirmwareVersion.parse("11-3-2MPP0001-609").orElseThrow();
        assertThat(second.compare(first)).isPositive();
        assertThat(FirmwareVersion.parse("sip88xx.11-3-1MSR3-3")
                        .orElseThrow()
                        .compare(FirmwareVersion.parse("sip88xx.11-3-1MPP-312").orElseThrow()))
                .isPositive();
        assertThat(FirmwareVersion.parse("sip8845_65.11-0-1MPP-312")
                        .orElseThrow()
                        .family())
                .isEqualTo("sip8845_65");
        assertThat(FirmwareVersion.parse("sip78xx.14-1-1MN-366").orElseThrow().form())
                .isEqualTo(FirmwareVersion.Form.ENTERPRISE);
        assertThat(FirmwareVersion.parse("7.5.2b")).isEmpty();
        assertThat(FirmwareVersion.parse("99999-0-0MPP-1")).isEmpty();
    }

    @Test
    void versions_of_two_forms_end_the_rule() {
        assertThatThrownBy(() -> decide("($SWVER lt sip88xx.11-0-1MPP-312)? http://p/x", PHONE))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessageContaining("versions of two forms");
        assertThatThrownBy(() -> decide("(1 eq 2 and $SWVER lt 5)? http://p/x", PHONE))
                .hasMessageContaining("5 is a number and sip88xx.12-0-7MPP0001-46 is a version");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "($A eq)? http://p/x ~ 7 ~ expected a number, a version, a macro or a text in quotation marks; found"
                        + " ')'",
                "($A 5)? http://p/x ~ 5 ~ expected one of = eq, != ne",
                "($A eq x)? http://p/x ~ 8 ~ 'x' is none (a text needs quotation marks)",
                "(\"$A\" eq \"x)? http://p/x ~ 1 ~ a quotation mark in this group has no second one",
                "($A eq 5 http://p/x ~ 1 ~ this '(' has no ')'",
                "($A eq 5) http://p/x ~ 11 ~ expected '?' after a condition or '!' after assignments; found 'h'",
                "($A eq 5 or $B eq 6)? http://p/x ~ 10 ~ expected 'and' and another comparison, or ')'; found 'o'",
                "(a = 5;)! http://p/x ~ 6 ~ expected a text in quotation marks",
                "(a = \"5\")! http://p/x ~ 9 ~ expected ';' after the assignment",
                "(\"a\" = \"5\";)! http://p/x ~ 2 ~ expected the name of a key",
                "(a=\"1\";)! ($A eq 5)? http://p/x ~ 11 ~ a condition stands first, then the assignments",
                "[--kay x] http://p/x ~ 2 ~ expected one of --key, --uid, --pwd, --post, --alias, --srv or ']'; found"
                        + " '--kay'",
                "[--key] http://p/x ~ 7 ~ expected a text after --key; found ']'",
                "[--post q] http://p/x ~ 9 ~ expected a letter from a to p, for GPP_A to GPP_P, after --post; found"
                        + " 'q'",
                "[--delta] http://p/x ~ 2 ~ --delta is an option of report rules only",
                "[--key x http://p/x ~ 10 ~ expected one of --key",
                "[--key x] ~ 10 ~ expected an address after the options; the rule ends here",
                "http://p/x y ~ 12 ~ expected '|' and another alternative, or the end; found 'y'",
                "ftp://p/x ~ 1 ~ 'ftp' is no scheme that phones know",
                "http://p ~ 9 ~ expected '/' and a path",
                "http:///x ~ 8 ~ expected the name or address of a server",
                "http://p:99999/x ~ 10 ~ port 99999 is none",
                "http://p:port/x ~ 1 ~ is no address",
            })
    void what_a_phone_would_not_understand_is_told_with_its_place(String rule, int character, String expectation) {
        assertThatThrownBy(() -> decide(rule, PHONE))
                .isInstanceOf(RuleSyntaxException.class)
                .hasMessageStartingWith("at character " + character + ": ")
                .hasMessageContaining(expectation);
    }

    @Test
    void what_no_phone_can_carry_out_is_told() {
        assertThatThrownBy(() -> decide("[--srv] tftp://p/x", PHONE)).hasMessageContaining("--srv needs http or https");
        assertThatThrownBy(() -> decide("[--post a] /x", PHONE)).hasMessageContaining("tftp has no POST");
        assertThatThrownBy(() -> decide("($NOTHING eq 5)? http://p/x", PHONE))
                .hasMessage("at character 2: the phone has no value for $NOTHING, so nothing can be compared");
        assertThatThrownBy(() -> decide("x".repeat(5000), PHONE)).hasMessageContaining("4096");
    }

    @Test
    void a_rule_that_is_only_a_macro_is_known_when_it_is_evaluated() throws Exception {
        PhoneState phone = PHONE.with("A", "($PRVTMR lt 60)? http://p/x");
        assertThat(ProfileRule.parse("$A").alternatives()).isOne();
        assertThatThrownBy(() -> decide("$A", phone)).hasMessageContaining("the phone has no value for $PRVTMR");
        assertThat(url("$A", phone.with("A", "(30 lt 60)? http://p/x"))).isEqualTo("GET http://p/x");
    }

    @Test
    void an_upgrade_rule_names_its_server_and_has_no_options() throws Exception {
        UpgradeRule rule = UpgradeRule.parse("($SWVER lt sip88xx.12-0-7MPP0501-1)? http://fw.example.com/$PSN/a.loads");
        assertThat(rule.evaluate(PHONE).request()).hasValueSatisfying(request -> assertThat(request.url())
                .hasToString("http://fw.example.com/8841-3PCC/a.loads"));
        assertThatThrownBy(() -> UpgradeRule.parse("/a.loads")).hasMessageContaining("names its server");
        assertThatThrownBy(() -> UpgradeRule.parse("[--srv] http://p/a.loads"))
                .hasMessage("at character 1: expected an address: an upgrade rule has no options; found '['");
        assertThatThrownBy(() -> UpgradeRule.parse("$A/a.loads").evaluate(PHONE))
                .hasMessageContaining("names no server");
    }

    @Test
    void a_phone_s_address_and_model_are_one_thing_in_several_writings() {
        PhoneState phone = PHONE.with("MAC", "00:0E:08:AA:BB:CC");
        assertThat(phone.macros()).containsEntry("MA", "000e08aabbcc").containsEntry("MAU", "000E08AABBCC");
        assertThat(phone.macros()).containsEntry("PSN", "8841-3PCC");
        assertThatThrownBy(() -> PHONE.with("MA", "8841")).hasMessageContaining("no MAC address");
        assertThat(phone.with("SA", "canary").toString()).doesNotContain("canary");
    }
}
