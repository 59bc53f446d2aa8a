package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The tables of the program are what the research and the amendments make; otherwise run {@link FlatProfileTables#main}. */
class FlatProfileTablesTest {
    @Test
    void the_keys_are_what_the_research_and_its_amendments_make() throws IOException {
        assertThat(resource("keys.tsv")).isEqualTo(FlatProfileTables.keys());
    }

    static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(KeyCatalogue.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
