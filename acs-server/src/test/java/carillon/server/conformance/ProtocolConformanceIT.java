package carillon.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.server.conformance.Checklist.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/protocol-conformance.md to the tests. Run with {@code -Dcarillon.conformance.write} it writes the file
 * (the whole command is in CONTRIBUTING.md).
 */
class ProtocolConformanceIT {
    private static final Path CHECKOUT = Path.of("..");
    private static final Path DOCUMENT = CHECKOUT.resolve("docs/protocol-conformance.md");
    private static final int MOST_REASONS = 9;

    private static Checklist checklist;
    private static TaggedTests tagged;
    private static ConformanceDocument document;

    @BeforeAll
    static void read() throws IOException {
        checklist = Checklist.read();
        tagged = TaggedTests.read(CHECKOUT);
        document = new ConformanceDocument(checklist, tagged.byNumber());
        if (System.getProperty("carillon.conformance.write") != null) {
            Files.writeString(DOCUMENT, document.text());
        }
    }

    @Test
    void the_checklist_is_whole() {
        assertThat(checklist.lines()).hasSize(256);
        assertThat(checklist.lines().stream().map(Line::number)).doesNotHaveDuplicates();
    }

    @Test
    void every_tag_and_every_reason_names_a_line_of_the_checklist() {
        List<String> numbers = checklist.lines().stream().map(Line::number).toList();
        assertThat(numbers).containsAll(tagged.byNumber().keySet());
        assertThat(numbers).containsAll(checklist.reasons().keySet());
    }

    @Test
    void every_tag_is_on_a_test_that_runs() {
        assertThat(tagged.misplaced()).isEmpty();
    }

    @Test
    void no_line_is_both_tested_and_excused() {
        assertThat(checklist.reasons())
                .doesNotContainKeys(tagged.byNumber().keySet().toArray(String[]::new));
        assertThat(checklist.reasons().values()).noneMatch(String::isBlank);
    }

    @Test
    void few_binding_lines_have_a_reason_in_place_of_a_test() {
        assertThat(document.excused()).hasSizeLessThanOrEqualTo(MOST_REASONS);
    }

    @Test
    void the_document_in_the_tree_is_the_one_that_the_tests_make() throws IOException {
        assertThat(Files.readString(DOCUMENT, StandardCharsets.UTF_8))
                .as("make it anew with the command in CONTRIBUTING.md")
                .isEqualTo(document.text());
    }
}
