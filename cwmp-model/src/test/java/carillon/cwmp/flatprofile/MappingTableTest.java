package carillon.cwmp.flatprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import carillon.cwmp.ParameterType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingTableTest {
    private final KeyCatalogue catalogue = KeyCatalogue.standard();
    private final MappingTable table = MappingTable.standard();

    @Test
    void the_mappings_are_what_the_research_and_its_amendments_make() throws IOException {
        assertThat(FlatProfileTablesTest.resource("mappings.txt")).isEqualTo(MappingTables.mappings());
    }

    @Test
    void every_parameter_of_the_research_has_a_line() throws IOException {
        Set<String> wanted = new HashSet<>();
        for (Map<String, String> row : FlatProfileTables.rows("tr069-flat-profile.csv")) {
            if (!row.get("type").equals("object") && !row.get("tr69_path").startsWith("(")) {
                wanted.add(row.get("tr69_path").replace("{i}", "#"));
            }
        }
        Set<String> shapes = new HashSet<>();
        table.lines().forEach(line -> shapes.add(line.path().shape()));
        assertThat(shapes).isEqualTo(wanted);
        assertThat(MappingTable.adapters().lines()).hasSize(16).allMatch(Mapping::adapter);
    }

    @Test
    void every_key_of_a_line_is_in_the_catalogue() {
        for (Mapping line : MappingTable.standard().lines()) {
            if (!line.key().isEmpty()) {
                String name = line.key().replaceAll("\\{[nuk]}", "1");
                assertThat(catalogue.find(name)).as(line.line()).isPresent();
            }
        }
    }

    @Test
    void the_counts_are_these() {
        assertThat(table.counts())
                .containsExactly(
                        entry(Fidelity.EXACT, 319),
                        entry(Fidelity.LOSSY, 20),
                        entry(Fidelity.WRITE_ONLY, 5),
                        entry(Fidelity.NONE, 126));
        assertThat(table.countsByEvidence()).containsExactly(entry(Evidence.SEEN, 438), entry(Evidence.INFERRED, 32));
        assertThat(table.keys()).isEqualTo(328);
    }

    @Test
    void passwords_are_write_only() {
        for (Mapping line : table.lines()) {
            boolean secret =
                    !line.key().isEmpty() && catalogue.isSecret(line.key().replace("{n}", "1"));
            assertThat(line.fidelity() == Fidelity.WRITE_ONLY).as(line.line()).isEqualTo(secret);
        }
    }

    @Test
    void every_line_is_read_as_it_is_written() {
        for (Mapping line : table.lines()) {
            assertThat(MappingLines.parse(line.line(), Evidence.SITE)).isEqualTo(line);
        }
    }

    /** For each exact line: each legal value of the key becomes a parameter's and comes back meaning the same. */
    @Test
    void every_exact_line_brings_legal_values_there_and_back() {
        LegalValues legal = new LegalValues();
        int tried = 0;
        List<String> lost = new ArrayList<>();
        for (Mapping line : table.lines()) {
            if (line.fidelity() != Fidelity.EXACT) {
                continue;
            }
            String name = line.key().replaceAll("\\{[nuk]}", "1");
            for (ParameterType type : types(line)) {
                int carried = 0;
                for (String value : legal.of(catalogue.find(name).orElseThrow().type())) {
                    String host = line.conversion().role() == Conversion.Role.HOST ? value : "";
                    if (line.toPath(value, "", type) instanceof Translation.Value there) {
                        Translation back = line.toKey(there.text(), host);
                        boolean same = back instanceof Translation.Value again
                                && catalogue.canonical(name, again.text()).equals(catalogue.canonical(name, value))
                                && line.toPath(again.text(), "", type).equals(there);
                        if (!same) {
                            lost.add(line.key() + " " + value + " -> " + there.text() + " -> " + back);
                        }
                        carried++;
                    }
                }
                tried += carried;
                assertThat(carried).as(line.line() + " as " + type).isPositive();
            }
        }
        assertThat(lost).isEmpty();
        assertThat(tried).isGreaterThan(10_000);
    }

    /** And each legal value of the parameter. */
    @Test
    void every_exact_line_of_a_boolean_or_a_number_brings_the_parameters_values_there_and_back() {
        for (Mapping line : table.lines()) {
            if (line.fidelity() != Fidelity.EXACT) {
                continue;
            }
            List<String> values =
                    switch (line.type()) {
                        case BOOLEAN -> List.of("1", "0");
                        case UNSIGNED_INT -> List.of("0", "1", "60", "500", "1234", "65535", "86400");
                        default -> List.of();
                    };
            for (String value : values) {
                Translation.Value key = (Translation.Value) line.toKey(value, "");
                assertThat(line.toPath(key.text(), "", line.type()))
                        .as(line.line())
                        .isEqualTo(Translation.of(value));
            }
        }
    }

    /** A lossy line says no where a value has no counterpart; it never makes another of it. */
    @ParameterizedTest
    @CsvSource({
        "DTMF_Tx_Method_1_, Auto",
        "DTMF_Tx_Method_1_, AVT+INFO",
        "SIP_Transport_1_, AUTO",
        "RTP_TOS_DiffServ_Value_1_, 0xb9",
        "Time_Zone, Europe/Paris"
    })
    void what_has_no_counterpart_is_refused(String key, String value) {
        for (Mapping line : table.ofKey(catalogue.key(key))) {
            assertThat(line.toPath(value, "", line.type())).isInstanceOf(Translation.Impossible.class);
        }
    }

    @Test
    void an_operators_own_lines_come_first() {
        Mapping own = MappingLines.parse(
                "Device.X_ACME.Proxy_{n}  Proxy_{n}_".replace("_{n}  ", ".{n}.Host  "), Evidence.SITE);
        MappingTable more = table.with(List.of(own));
        assertThat(more.ofKey(ProfileKey.of("Proxy_{n}_", 3)).get(0)).isEqualTo(own);
        assertThat(more.ofPath("Device.X_ACME.Proxy.3.Host")).containsExactly(own);
        assertThat(more.lines()).hasSize(table.lines().size() + 1);
    }

    @Test
    void a_line_of_an_operator_is_read_with_all_its_words() {
        Mapping line = MappingLines.parse(
                "Device.X_ACME.Line.{n}.Mode  My_Mode_{n}_  string? max(16) choice(on=\"Always On\",off=Off) lossy  #"
                        + " dim has none",
                Evidence.SITE);
        assertThat(line.key()).isEqualTo("My_Mode_{n}_");
        assertThat(line.typeCertain()).isFalse();
        assertThat(line.longest()).isEqualTo(16);
        assertThat(line.evidence()).isEqualTo(Evidence.SITE);
        assertThat(line.reason()).isEqualTo("dim has none");
        assertThat(line.toPath("Always On", "", ParameterType.STRING)).isEqualTo(Translation.of("on"));
        assertThat(line.toKey("OFF", "")).isEqualTo(Translation.of("Off"));
        assertThat(line.toKey("dim", ""))
                .isEqualTo(Translation.impossible("'dim' has no counterpart among Always On, Off"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "Device.X; it needs a path and a key",
                "Device.X 1bad; '1bad' is no key",
                "Device..X Key; is no path of a parameter",
                "Device.X Key colour; 'colour' is no type, conversion or mark",
                "Device.X Key lossy; needs its reason",
                "Device.X Key none; without a key is marked none",
                "Device.X Key_{n}_; comes from nowhere",
                "Device.X.{u}.Y Key; stands on one side alone",
                "Device.X Key choice(a); has to be pairs"
            })
    void a_line_that_says_nothing_says_why_not(String line, String message) {
        assertThatThrownBy(() -> MappingLines.parse(line, Evidence.SITE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static List<ParameterType> types(Mapping line) {
        return line.typeCertain() ? List.of(line.type()) : List.of(line.type(), ParameterType.STRING);
    }
}
