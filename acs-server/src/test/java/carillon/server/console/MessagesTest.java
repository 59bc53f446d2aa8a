package carillon.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.message.AcsMethod;
import carillon.db.DeviceState;
import carillon.db.RpcState;
import carillon.rpc.arguments.RpcJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Pattern SAID = Pattern.compile("say\\(\"([a-zA-Z0-9.]*[a-zA-Z0-9])\"");
    private static final Pattern GAP = Pattern.compile("\\{\\d}");

    private final Messages messages = new Messages();

    @Test
    void both_languages_say_the_same_things_with_the_same_gaps() {
        Map<String, String> english = messages.in("en").texts();
        Map<String, String> french = messages.in("fr").texts();
        assertThat(french.keySet()).containsExactlyInAnyOrderElementsOf(english.keySet());
        english.forEach((key, text) -> assertThat(gaps(french.get(key))).as(key).isEqualTo(gaps(text)));
        assertThat(english.values()).noneMatch(String::isBlank);
        assertThat(french.values()).noneMatch(String::isBlank);
    }

    @Test
    void every_word_that_pages_ask_for_is_there() throws IOException {
        TreeSet<String> missing = new TreeSet<>();
        for (Path root : List.of(Path.of("src/main/jte"), Path.of("src/main/java/carillon/server/console"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher said = SAID.matcher(Files.readString(file));
                    while (said.find()) {
                        if (!messages.in("en").texts().containsKey(said.group(1))) {
                            missing.add(file.getFileName() + ": " + said.group(1));
                        }
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_state_and_method_has_a_word() {
        Map<String, String> english = messages.in("en").texts();
        for (DeviceState state : DeviceState.values()) {
            String name = state.name().toLowerCase(Locale.ROOT);
            assertThat(english).containsKeys("state." + name, "trust." + name);
        }
        for (RpcState state : RpcState.values()) {
            assertThat(english).containsKey("state." + state.text());
        }
        for (AcsMethod method : RpcJson.allowed()) {
            assertThat(english).containsKey("rpc." + method.rpcName());
        }
        Frames.NOTICES.forEach(notice -> assertThat(english).containsKey("done." + notice));
    }

    @Test
    void the_choice_of_a_person_counts_before_that_of_the_browser() {
        assertThat(messages.choose("", "fr-CA, en;q=0.5").language()).isEqualTo("fr");
        assertThat(messages.choose("en", "fr").language()).isEqualTo("en");
        assertThat(messages.choose("xx", "de;q=nonsense").language()).isEqualTo("en");
        assertThat(messages.choose("", "").language()).isEqualTo("en");
        assertThat(messages.in("fr").say("found", 12345)).isEqualTo("12\u202f345 téléphones");
        assertThat(messages.in("en").say("no.such.key")).isEqualTo("no.such.key");
    }

    private static List<String> gaps(String text) {
        return GAP.matcher(text).results().map(found -> found.group()).sorted().toList();
    }
}
