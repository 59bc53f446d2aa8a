package carillon.cwmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ParameterPathTest {
    private static String parent(String path) {
        return new ParameterPath(path).parent().text();
    }

    @Test
    @Tag("CWMP-233")
    void an_alias_may_hold_dots_and_is_one_part_of_a_path() {
        assertThat(parent("A.[x.y].B")).isEqualTo("A.[x.y].");
        assertThat(parent("A.[x.y].")).isEqualTo("A.");
        assertThat(parent("A.1.B")).isEqualTo("A.1.");
        assertThat(parent("A.")).isEmpty();
        assertThat(parent("A")).isEmpty();
    }

    @Test
    @Tag("CWMP-187")
    void names_are_told_apart_by_case_and_have_at_most_256_characters() {
        assertThat(new ParameterPath("Device.A.").contains(new ParameterPath("Device.A.B")))
                .isTrue();
        assertThat(new ParameterPath("Device.a.").contains(new ParameterPath("Device.A.B")))
                .isFalse();
        assertThat(new ParameterPath("D".repeat(256)).isPartial()).isFalse();
        assertThatThrownBy(() -> new ParameterPath("D".repeat(257))).hasMessageContaining("longer than 256");
    }
}
