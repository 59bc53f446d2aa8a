package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.flatprofile.FlatProfileReader.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatProfileReaderTest {
    @Test
    void a_phones_export_is_read() throws MalformedProfileException {
        Reading reading = read("""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <?Sipura-Profile version="1"?>
            <device>
              <flat-profile>
                <!-- Ext 1 -->
                <Line_Enable_1_ ua="na">Yes</Line_Enable_1_>
                <!-- Subscriber Information -->
                <Display_Name_1_ ua="rw" user-pref="y" um="y">  Alice &amp; &#66;ob&#x2e; </Display_Name_1_>
                <!-- <Password_1_ ua="na"/> -->
                <Admin_Password ua="na">*************</Admin_Password>
                <Dial_Plan_1_ ua="na">(*xx|
                    [3469]11)</Dial_Plan_1_>
                <User_ID_1_ ua="na" preserve-value="y"><![CDATA[1<2]]></User_ID_1_>
              </flat-profile>
            </device>
            """);
        FlatProfile profile = reading.profile();
        assertThat(profile.values())
                .containsEntry("Line_Enable_1_", "Yes")
                .containsEntry("Display_Name_1_", "Alice & Bob.")
                .containsEntry("Dial_Plan_1_", "(*xx| [3469]11)")
                .containsEntry("User_ID_1_", "1<2")
                .hasSize(4);
        assertThat(profile.find("Password_1_").orElseThrow().value())
                .isEqualTo(new ProfileValue.Unknown(ProfileValue.Why.COMMENTED));
        assertThat(profile.find("Admin_Password").orElseThrow().value())
                .isEqualTo(new ProfileValue.Unknown(ProfileValue.Why.MASKED));
        ProfileEntry.Attributes attributes =
                profile.find("Display_Name_1_").orElseThrow().attributes();
        assertThat(attributes)
                .isEqualTo(new ProfileEntry.Attributes(Optional.of(UserAccess.RW), false, Optional.of(true), true));
        assertThat(profile.find("User_ID_1_").orElseThrow().attributes().preserveValue())
                .isTrue();
        assertThat(reading.remarks()).isEmpty();
    }

    @Test
    void the_last_of_two_counts() throws MalformedProfileException {
        Reading reading = read("<flat-profile><A>1</A><B>x</B><A>2</A></flat-profile>");
        assertThat(reading.profile().values()).containsExactly(Map.entry("A", "2"), Map.entry("B", "x"));
        assertThat(reading.remarks()).containsExactly("A occurs twice; the last counts");
    }

    @Test
    void a_secret_in_a_comment_gives_way_to_one_that_is_told() throws MalformedProfileException {
        assertThat(read("<flat-profile><!--<P_1_/>--><P_1_>s</P_1_></flat-profile>")
                        .profile()
                        .value("P_1_"))
                .contains("s");
        assertThat(read("<flat-profile><P_1_>s</P_1_><!--<P_1_/>--></flat-profile>")
                        .profile()
                        .value("P_1_"))
                .contains("s");
    }

    @Test
    void comments_of_many_secrets_and_comments_of_words_are_told_apart() throws MalformedProfileException {
        Reading reading =
                read("<flat-profile><!-- <A ua=\"na\"/>\n <B>***</B> --><!-- see <C/> for more --></flat-profile>");
        assertThat(reading.profile().entries()).extracting(ProfileEntry::key).containsExactly("A", "B");
    }

    @Test
    void what_an_empty_element_means_can_be_chosen() throws MalformedProfileException {
        byte[] file = "<flat-profile><A/><B></B><C>\"\"</C></flat-profile>".getBytes(StandardCharsets.UTF_8);
        ProfileValue empty = new ProfileValue.Text("");
        assertThat(new FlatProfileReader(EmptyElements.CLEAR)
                        .read(file)
                        .profile()
                        .entries())
                .extracting(ProfileEntry::value)
                .containsExactly(empty, empty, empty);
        assertThat(new FlatProfileReader(EmptyElements.STANDARD)
                        .read(file)
                        .profile()
                        .entries())
                .extracting(ProfileEntry::value)
                .containsExactly(new ProfileValue.Standard(), new ProfileValue.Standard(), empty);
        Reading kept = new FlatProfileReader(EmptyElements.KEEP).read(file);
        assertThat(kept.profile().entries()).extracting(ProfileEntry::key).containsExactly("C");
        assertThat(kept.remarks()).hasSize(2);
    }

    @Test
    void an_adapters_router_block_is_read_by_its_groups() throws MalformedProfileException {
        FlatProfile profile = read("<device><flat-profile><A>1</A></flat-profile><router-configuration><TR_069>"
                        + "<TR_069_Status>1</TR_069_Status></TR_069></router-configuration></device>")
                .profile();
        assertThat(profile.entries())
                .extracting(entry -> entry.group() + "/" + entry.key())
                .containsExactly("/A", "TR_069/TR_069_Status");
        assertThat(profile.values()).containsOnlyKeys("A");
    }

    @Test
    void odd_things_are_remarked_and_left_out() throws MalformedProfileException {
        Reading reading = read("<flat-profile>stray<A ua=\"all\" what=\"x\">1</A><Ä>2</Ä></flat-profile>");
        assertThat(reading.profile().values()).containsOnlyKeys("A");
        assertThat(reading.remarks())
                .containsExactly(
                        "text between elements, line 1, is left out",
                        "A has ua='all', which is not na, ro or rw",
                        "A has the unknown attribute what",
                        "'Ä' cannot be a key's name: letters, digits, _ . and - make one, a letter or _ first,"
                                + " at most 128 of them; it is left out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<flat-profile>",
                "<flat-profile><A>1</B></flat-profile>",
                "<profile/>",
                "<device/>",
                "<flat-profile><A>a & b</A></flat-profile>",
                "<flat-profile><A><B>1</B></A></flat-profile>",
                "<flat-profile><A>&bomb;</A></flat-profile>",
                "<!DOCTYPE flat-profile [<!ENTITY a \"aaaa\">]><flat-profile><A>&a;</A></flat-profile>",
                "<!DOCTYPE flat-profile SYSTEM \"http://127.0.0.1:9/x.dtd\"><flat-profile/>",
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><flat-profile/>",
                "Salted__12345678",
                "\u001f\u008b\u0008"
            })
    void what_is_no_profile_is_refused(String text) {
        byte[] file = text.startsWith("\u001f")
                ? text.getBytes(StandardCharsets.ISO_8859_1)
                : text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> new FlatProfileReader(EmptyElements.CLEAR).read(file))
                .isInstanceOf(MalformedProfileException.class);
    }

    @Test
    void octets_that_are_not_utf8_are_refused() {
        byte[] file = "<flat-profile><A>\u00e9</A></flat-profile>".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> new FlatProfileReader(EmptyElements.CLEAR).read(file))
                .isInstanceOf(MalformedProfileException.class);
    }

    @Test
    void what_is_too_large_is_refused_before_it_is_kept() {
        assertThatThrownBy(() -> read("<flat-profile><A>" + "x".repeat(70_000) + "</A></flat-profile>"))
                .hasMessageContaining("longer than 65536");
        StringBuilder many = new StringBuilder("<flat-profile>");
        for (int i = 0; i < 20_002; i++) {
            many.append("<A").append(i).append(">1</A").append(i).append('>');
        }
        assertThatThrownBy(() -> read(many + "</flat-profile>")).hasMessageContaining("more than 20000 elements");
        assertThatThrownBy(
                        () -> new FlatProfileReader(EmptyElements.CLEAR).read(new byte[FlatProfileReader.LARGEST + 1]))
                .hasMessageContaining("at most");
    }

    private static Reading read(String text) throws MalformedProfileException {
        return new FlatProfileReader(EmptyElements.CLEAR).read(text.getBytes(StandardCharsets.UTF_8));
    }
}
