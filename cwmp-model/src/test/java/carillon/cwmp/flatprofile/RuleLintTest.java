package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLintTest {
    private static String told(List<RuleLint.Finding> findings) {
        return findings.stream()
                .map(one -> (one.error() ? "error " : "doubt ") + (one.position() + 1) + " " + one.text())
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/$PSN.xml",
                "https://p.example.com/Cisco/$MA.cfg",
                "($PRVTMR ge 600)? http://p/a.cfg | [--post a] http://p/b?",
                "(\"$A\" ne \"Provisioned\")? (Line_Enable_1_ = \"No\";)! https://p/init | https://p/cfg",
                "[--key $SC --uid $SA --pwd $SB] https://p/$MA.cfg",
                "$A",
                "http://$(B)/$(MA:0:6)/x"
            })
    void good_rules_have_nothing_to_be_told(String rule) {
        assertThat(told(RuleLint.ofProfileRule(rule))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "http://p/a | http://p/b; error 1 this has no condition, so what follows after '|' is never taken",
                "($A eq 5)?; doubt 1 this alternative does nothing",
                "($A eq \"x\")? /a; doubt 2 write \"$A\": a text is compared with a text",
                "(\"$A\" lt \"x\")? /a; error 2 texts compare with eq and ne only, not with lt",
                "($PRVTMR ge sip88xx.12-0-7MPP0001-46)? /a; error 13 $PRVTMR is a number",
                "($SWVER ge 12)? /a; error 12 $SWVER is a version such as",
                "($SWVER ge sip88xx.11-0-1MPP-312)? /a; doubt 12 phones with 11.3(2) or newer cannot compare",
                "(sip88xx.12-0-7MPP0001-46 ge sip88xx.11-0-1MPP-312)? /a; error 30",
                "/$MAconfig.cfg; doubt 2 phones have no macro MAconfig, so $MAconfig stays as it is written; if you"
                        + " mean MA, write $(MA)config",
                "/$SA.cfg; doubt 2 $SA is replaced within [options] only",
                "/$METH; doubt 2 $METH is of old firmware",
                "/$(MA; doubt 2 '$(' begins no macro here",
                "p.example.com/x; doubt 1 no scheme is written, so phones take tftp",
                "[--srv] /x; error 9 --srv needs http or https, and this is tftp",
                "[--pwd x --uid y] http://p/x; doubt 19 over http the password can be read on the way",
                "[--key x --key y] http://p/x; doubt 16 --key is given twice",
                "http://p; error 9 expected '/' and a path",
                "($A eq 5; error 1 this '(' has no ')'"
            })
    void what_is_wrong_or_doubtful_is_told_with_its_place(String rule, String expected) {
        assertThat(told(RuleLint.ofProfileRule(rule))).contains(expected);
    }

    @Test
    void upgrade_rules_have_rules_of_their_own() {
        assertThat(told(RuleLint.ofUpgradeRule("http://p/a.loads"))).isEmpty();
        assertThat(told(RuleLint.ofUpgradeRule("http://p/a.zip")))
                .isEqualTo("doubt 14 firmware is fetched by its .loads file");
        assertThat(told(RuleLint.ofUpgradeRule("/a.loads"))).startsWith("error 1 an upgrade rule names its server");
        assertThat(told(RuleLint.ofUpgradeRule("[--key x] http://p/a.loads")))
                .contains("an upgrade rule has no options");
        assertThat(told(RuleLint.ofUpgradeRule("http://p/" + "x".repeat(120) + ".loads")))
                .contains("the address has 135 characters; some firmware fails above 127");
    }

    @Test
    void no_text_is_too_odd_to_be_judged() {
        Random random = new Random(6);
        String letters = "()[]|?!\"$;:=<>/ -abPRVTMR59.--keyand\u00e9\n";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder rule = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                rule.append(letters.charAt(random.nextInt(letters.length())));
            }
            List<RuleLint.Finding> findings = RuleLint.ofProfileRule(rule.toString());
            findings.forEach(one -> assertThat(one.position()).isBetween(0, rule.length()));
            try {
                ProfileRule.parse(rule.toString())
                        .evaluate(PhoneState.of("CP-8841-3PCC", "00562b043615", "F", "sip88xx.12-0-7MPP0001-46"));
            } catch (RuleSyntaxException told) {
                assertThat(told).hasMessageMatching("(?s)at character \\d+: .+");
            }
        }
    }

    @Test
    void retry_lists_repeat_their_last_and_end_with_nothing() throws Exception {
        RetryDelays usual = RetryDelays.parse("60,120, 240+30");
        assertThat(usual.after(1, bound -> 0)).hasValue(60);
        assertThat(usual.after(2, bound -> 0)).hasValue(120);
        assertThat(usual.after(3, bound -> bound - 1)).hasValue(270);
        assertThat(usual.after(99, bound -> 0)).hasValue(240);
        assertThat(RetryDelays.parse("").after(1, bound -> 0)).isEmpty();
        assertThat(RetryDelays.parse("0").after(1, bound -> 0)).isEmpty();
        assertThatThrownBy(() -> RetryDelays.parse("60,x"))
                .hasMessage("at character 4: expected seconds, as in 60 or 60+30; found 'x'");
        assertThatThrownBy(() -> RetryDelays.parse("60,")).isInstanceOf(RuleSyntaxException.class);
        assertThatThrownBy(() -> RetryDelays.parse("1,".repeat(200) + "1")).hasMessageContaining("100");
    }
}
