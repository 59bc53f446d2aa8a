package carillon.db;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.ParameterType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParameterDocumentTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static ReportedParameter parameter(String path, String value, boolean writable) {
        return new ReportedParameter(
                path, Optional.of(value), Optional.of(ParameterType.INT), Optional.of(writable), Optional.of(1), NOW);
    }

    private static ReportedParameter name(String path) {
        return new ReportedParameter(path, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), NOW);
    }

    private static ParameterDocument document(List<ReportedParameter> parameters) {
        ParameterDocument document = new ParameterDocument();
        parameters.forEach(document::put);
        return document;
    }

    private static ParameterDocument reopened(ParameterDocument document) {
        return new ParameterDocument(ParameterShape.of(document.shape().packed()), document.content());
    }

    @Test
    void what_was_put_comes_back_in_the_order_of_the_names() {
        List<ReportedParameter> parameters = new ArrayList<>();
        for (ParameterType type : ParameterType.values()) {
            parameters.add(new ReportedParameter(
                    "Device." + type,
                    Optional.of("é\n " + type),
                    Optional.of(type),
                    Optional.of(false),
                    Optional.of(2),
                    NOW));
        }
        parameters.add(name("Device.A."));
        parameters.add(parameter("Device.B", "", true));
        ParameterDocument back = reopened(document(parameters));
        assertThat(back.all()).containsExactlyInAnyOrderElementsOf(parameters);
        assertThat(back.all()).extracting(ReportedParameter::path).isSorted();
        assertThat(back.find("Device.A.")).contains(name("Device.A."));
        assertThat(back.find("Device.None")).isEmpty();
    }

    @Test
    void a_changed_value_keeps_the_shape_and_a_new_name_does_not() {
        ParameterDocument document =
                reopened(document(List.of(parameter("Device.A", "1", true), parameter("Device.B", "2", false))));
        ParameterShape shape = document.shape();
        document.put(parameter("Device.B", "3", false));
        assertThat(document.shape()).isSameAs(shape);
        document.put(parameter("Device.AA", "4", false));
        assertThat(document.shape().id()).isNotEqualTo(shape.id());
        assertThat(reopened(document).all())
                .containsExactly(
                        parameter("Device.A", "1", true),
                        parameter("Device.AA", "4", false),
                        parameter("Device.B", "3", false));
    }

    @Test
    void a_changed_writable_flag_makes_a_new_shape() {
        ParameterDocument document = reopened(document(List.of(parameter("Device.A", "1", true))));
        String id = document.shape().id();
        document.put(parameter("Device.A", "1", false));
        assertThat(document.shape().id()).isNotEqualTo(id);
        assertThat(reopened(document).find("Device.A")).contains(parameter("Device.A", "1", false));
    }

    @Test
    void devices_with_the_same_names_share_a_shape_whatever_their_values() {
        ParameterDocument one = document(List.of(parameter("Device.A", "1", true), parameter("Device.B", "2", true)));
        ParameterDocument other = document(List.of(parameter("Device.B", "9", true), parameter("Device.A", "8", true)));
        assertThat(one.shape().id()).isEqualTo(other.shape().id());
    }

    @Test
    void what_lies_below_a_forgotten_path_is_gone_and_its_neighbours_stay() {
        ParameterDocument document = reopened(document(List.of(
                parameter("Device.A.1.X", "1", true),
                parameter("Device.A.10.X", "2", true),
                parameter("Device.A.2.X", "3", true))));
        document.forget("Device.A.1.");
        assertThat(document.all()).extracting(ReportedParameter::path).containsExactly("Device.A.10.X", "Device.A.2.X");
        document.forget("");
        assertThat(document.all()).isEmpty();
        assertThat(reopened(document).all()).isEmpty();
    }

    @Test
    void a_document_does_not_grow_without_end() {
        ParameterDocument document = new ParameterDocument();
        IntStream.range(0, 100_010).forEach(i -> document.put(name("Device." + i)));
        assertThat(document.all()).hasSize(100_000);
        document.put(parameter("Device.7", "still changed", true));
        assertThat(document.find("Device.7").orElseThrow().value()).contains("still changed");
    }

    @Test
    void of_recent_shapes_the_ones_not_used_for_longest_make_room() {
        ParameterShape.Recent recent = new ParameterShape.Recent();
        List<ParameterShape> shapes = IntStream.range(0, 6)
                .mapToObj(shape -> ParameterShape.of(IntStream.range(0, 40_000)
                        .mapToObj(i -> new ParameterShape.Name(shape + "." + i, Optional.empty()))
                        .toList()))
                .toList();
        shapes.subList(0, 5).forEach(recent::add);
        assertThat(recent.find(shapes.get(0).id())).isPresent();
        recent.add(shapes.get(5));
        assertThat(recent.find(shapes.get(0).id())).isPresent();
        assertThat(recent.find(shapes.get(1).id())).isEmpty();
        assertThat(recent.find(shapes.get(5).id())).isPresent();
    }
}
