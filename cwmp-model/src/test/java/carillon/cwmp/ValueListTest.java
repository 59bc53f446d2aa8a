package carillon.cwmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ValueListTest {
    @Test
    @Tag("CWMP-192")
    void blanks_around_commas_mean_nothing_and_items_are_decoded() {
        assertThat(ValueList.split("HTTP, STUN ,XMPP")).containsExactly("HTTP", "STUN", "XMPP");
        assertThat(ValueList.split("a%2Cb,c%20d , 50%,%zz")).containsExactly("a,b", "c d", "50%", "%zz");
        assertThat(ValueList.split("a,,b")).containsExactly("a", "", "b");
        assertThat(ValueList.split(" ")).isEmpty();
    }

    @Test
    @Tag("CWMP-192")
    void what_was_joined_is_split_into_the_same_items() {
        List<String> items = List.of("plain", "a,b", " c d ", "100%", "%2C", "x\ty", "\u00e9");
        assertThat(ValueList.join(items)).doesNotContain(" ", "\t");
        assertThat(ValueList.split(ValueList.join(items))).isEqualTo(items);
    }
}
