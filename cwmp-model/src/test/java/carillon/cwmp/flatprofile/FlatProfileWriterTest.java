package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.flatprofile.ProfileEntry.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlatProfileWriterTest {
    private final FlatProfileWriter writer = new FlatProfileWriter(ClearForm.EMPTY_ELEMENT);

    @Test
    void a_profile_is_one_element_for_each_key() {
        FlatProfile profile = FlatProfile.of(List.of(
                new ProfileEntry("", "Enable_TR-069", new ProfileValue.Text("Yes"), Attributes.of(UserAccess.NA)),
                new ProfileEntry(
                        "",
                        "Display_Name_1_",
                        new ProfileValue.Text("<A & 'B' \"C\">"),
                        new Attributes(Optional.of(UserAccess.RW), true, Optional.of(true), true)),
                ProfileEntry.of("GPP_A", ""),
                new ProfileEntry("", "Password_1_", new ProfileValue.Unknown(ProfileValue.Why.MASKED), Attributes.NONE),
                new ProfileEntry("TR_069", "TR_069_Status", new ProfileValue.Text("1"), Attributes.NONE)));
        assertThat(text(writer.write(profile))).isEqualTo("""
            <?xml version="1.0" encoding="UTF-8"?>
            <flat-profile>
            <Enable_TR-069 ua="na">Yes</Enable_TR-069>
            <Display_Name_1_ ua="rw" user-pref="y" preserve-value="y">&lt;A &amp; &apos;B&apos; &quot;C&quot;&gt;</Display_Name_1_>
            <GPP_A></GPP_A>
            <router-configuration>
            <TR_069>
            <TR_069_Status>1</TR_069_Status>
            </TR_069>
            </router-configuration>
            </flat-profile>
            """);
    }

    @Test
    void the_form_of_a_cleared_key_can_be_chosen() {
        assertThat(text(new FlatProfileWriter(ClearForm.QUOTES).write(FlatProfile.of(Map.of("GPP_A", "")))))
                .contains("<GPP_A>\"\"</GPP_A>");
    }

    @Test
    void the_same_configuration_is_the_same_octets_in_whatever_order_it_came() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i <= 16; i++) {
            values.put("Proxy_" + i + "_", "pbx");
            values.put("User_ID_" + i + "_", "10" + i);
        }
        byte[] first = writer.write(FlatProfile.of(values).sorted());
        List<Map.Entry<String, String>> shuffled = new ArrayList<>(values.entrySet());
        Collections.shuffle(shuffled, new Random(7));
        Map<String, String> other = new LinkedHashMap<>();
        shuffled.forEach(entry -> other.put(entry.getKey(), entry.getValue()));
        assertThat(writer.write(FlatProfile.of(other).sorted())).isEqualTo(first);
        assertThat(text(first).indexOf("<Proxy_2_>")).isLessThan(text(first).indexOf("<Proxy_10_>"));
    }

    @Test
    void what_is_written_is_read_again() throws MalformedProfileException {
        Random random = new Random(11);
        String letters = "aZ09 <>&'\"()[]{};=|$*#%./\\:-_é€𝄞";
        int[] points = letters.codePoints().toArray();
        List<ProfileEntry> entries = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            StringBuilder value = new StringBuilder("x");
            for (int j = random.nextInt(40); j > 0; j--) {
                value.appendCodePoint(points[random.nextInt(points.length)]);
            }
            entries.add(new ProfileEntry(
                    "",
                    "Key_" + i + "_",
                    new ProfileValue.Text(value.append('x').toString()),
                    new Attributes(
                            random.nextBoolean() ? Optional.of(UserAccess.RO) : Optional.empty(),
                            random.nextBoolean(),
                            random.nextBoolean() ? Optional.of(random.nextBoolean()) : Optional.empty(),
                            false)));
        }
        FlatProfile profile = FlatProfile.of(entries);
        FlatProfileReader.Reading reading = new FlatProfileReader(EmptyElements.CLEAR).read(writer.write(profile));
        assertThat(reading.profile()).isEqualTo(profile);
        assertThat(reading.remarks()).isEmpty();
    }

    @Test
    void a_key_or_value_that_cannot_stand_in_a_profile_is_refused() {
        assertThatThrownBy(() -> ProfileEntry.of("A><B", "1")).hasMessageStartingWith("'A><B' cannot be a key's name");
        assertThatThrownBy(() -> ProfileEntry.of("GPP_A", "one\ntwo"))
                .hasMessage("the value of GPP_A has a line break or a tab at place 4, of which phones make a blank");
        assertThatThrownBy(() -> ProfileEntry.of("GPP_A", "one\u0000")).hasMessageContaining("at place 4");
        assertThatThrownBy(() -> ProfileEntry.of("GPP_A", "\ud800x")).hasMessageContaining("at place 1");
    }

    @Test
    void a_profile_tells_its_values_to_no_log() {
        assertThat(FlatProfile.of(Map.of("Password_1_", "hunter2"))).hasToString("a profile of 1 keys");
    }

    private static String text(byte[] file) {
        return new String(file, StandardCharsets.UTF_8);
    }
}
