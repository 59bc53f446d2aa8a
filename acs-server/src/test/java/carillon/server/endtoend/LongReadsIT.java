package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What phones with large trees are asked, and what is kept of it. */
class LongReadsIT {
    private static final DeviceId ID = ScriptedPhone.identity(1);
    private static final String DEVICE = "/api/v1/devices/" + ID.encoded();

    @TempDir
    Path directory;

    private LocalServer server(String... more) throws IOException {
        String[] settings = new String[more.length + 4];
        System.arraycopy(new String[] {"cpe.auth", "open", "lab", "true"}, 0, settings, 0, 4);
        System.arraycopy(more, 0, settings, 4, more.length);
        LocalServer server = new LocalServer(directory, settings);
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ID)) {
            phone.completes(EventCode.BOOTSTRAP);
        }
        return server;
    }

    private static boolean visits(LocalServer server, LargePhone large, int most) throws IOException {
        try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ID)) {
            return large.visits(phone, most);
        }
    }

    private static String refresh(Rest rest, String body) {
        Rest.Answer answer = rest.call("POST", DEVICE + "/refresh", body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.body().get("id").asText();
    }

    @Test
    void a_tree_of_25000_parameters_is_discovered_read_and_listed_a_page_in_under_a_second() throws IOException {
        try (LocalServer server = server()) {
            Rest rest = server.rest();
            LargePhone large = LargePhone.of(25_000);
            String id = refresh(rest, "{}");
            for (int session = 0;
                    session < 20 && rest.rpc(id).get("state").asText().equals("queued");
                    session++) {
                assertThat(visits(server, large, Integer.MAX_VALUE)).isTrue();
            }
            JsonNode end = rest.rpc(id);
            assertThat(end.get("state").asText()).as("%s", end).isEqualTo("succeeded");
            assertThat(end.get("result").get("parameters").asInt()).isEqualTo(25_000);
            assertThat(end.get("result").get("read").asInt()).isEqualTo(25_000);
            assertThat(large.askedTwice()).isZero();
            String cursor = "";
            int listed = 0;
            for (int page = 0; page < 40 && (page == 0 || !cursor.isEmpty()); page++) {
                long before = System.nanoTime();
                JsonNode answer = rest.get(DEVICE + "/parameters?path=Device.X_00562B_Table.&limit=1000"
                        + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
                listed += answer.get("items").size();
                cursor = answer.path("next").asText("");
            }
            assertThat(listed).isEqualTo(25_000 + 500 + 1);
        }
    }

    @Test
    void a_discovery_goes_on_after_the_phone_vanished_and_after_the_server_was_gone() throws IOException {
        LargePhone large = LargePhone.of(4_000);
        String id;
        try (LocalServer server = server()) {
            id = refresh(server.rest(), "{\"path\":\"Device.\"}");
            assertThat(visits(server, large, 130)).isFalse();
        }
        try (LocalServer server = new LocalServer(directory, "cpe.auth", "open", "lab", "true")) {
            JsonNode before = server.rest().rpc(id);
            assertThat(before.get("note").asText()).contains("objects were listed");
            assertThat(visits(server, large, Integer.MAX_VALUE)).isTrue();
            JsonNode end = server.rest().rpc(id);
            assertThat(end.get("state").asText()).as("%s", end).isEqualTo("succeeded");
            assertThat(end.get("result").get("read").asInt()).isEqualTo(4_000);
            assertThat(large.requests()).isLessThan(82 + 80 + 40);
        }
    }

    @Test
    void a_discovery_that_takes_long_gives_the_session_back() throws IOException {
        try (LocalServer server = server("cwmp.read.slice", "1s")) {
            LargePhone large = LargePhone.of(1_000);
            String id = refresh(server.rest(), "{}");
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ID)) {
                phone.informs(Event.of(EventCode.PERIODIC));
                CwmpMessage said = phone.hasNothingMore();
                for (int i = 0; said instanceof AcsRequest request; i++) {
                    assertThat(i).isLessThan(4);
                    server.later(Duration.ofMillis(400));
                    said = phone.sends(large.answer(request));
                }
            }
            JsonNode paused = server.rest().rpc(id);
            assertThat(paused.get("state").asText()).isEqualTo("queued");
            assertThat(paused.get("note").asText()).contains("it goes on in the next session");
            assertThat(visits(server, large, Integer.MAX_VALUE)).isTrue();
            assertThat(server.rest().rpc(id).get("state").asText()).isEqualTo("succeeded");
        }
    }

    /** What is left in the heap after a collection: what is garbage does not count. */
    private static long live() {
        ManagementFactory.getMemoryMXBean().gc();
        long live = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
                live += pool.getCollectionUsage().getUsed();
            }
        }
        return live;
    }

    @Test
    void the_largest_answers_are_taken_in_one_session_with_less_than_64_mib_of_heap() throws Exception {
        try (LocalServer server = server()) {
            Rest rest = server.rest();
            LargePhone large = LargePhone.of(25_000);
            CwmpMessage names = large.answer(new AcsRequest.GetParameterNames("Device.", false));
            CwmpMessage values = large.answer(new AcsRequest.GetParameterValues(List.of("Device.")));
            int entries =
                    ((CpeResponse.GetParameterNamesResponse) names).parameters().size();
            assertThat(entries).isGreaterThan(25_000);
            String first = rest.queue(ID.encoded(), "GetParameterNames", "{\"path\":\"Device.\",\"nextLevel\":false}");
            String second = rest.queue(ID.encoded(), "GetParameterValues", "{\"paths\":[\"Device.\"]}");
            AtomicBoolean on = new AtomicBoolean(true);
            AtomicLong most = new AtomicLong();
            long rise;
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ID)) {
                phone.informs(Event.of(EventCode.PERIODIC));
                byte[] namesBody = phone.written(names);
                byte[] valuesBody = phone.written(values);
                assertThat(namesBody.length).isGreaterThan(3_600_000);
                long before = live();
                Thread watcher = new Thread(() -> {
                    while (on.get()) {
                        long begun = System.nanoTime();
                        most.accumulateAndGet(live(), Math::max);
                        // everybody stands still while it is collected: the server must get on in between
                        LockSupport.parkNanos(2 * (System.nanoTime() - begun));
                    }
                });
                watcher.start();
                try {
                    assertThat(phone.hasNothingMore()).isInstanceOf(AcsRequest.GetParameterNames.class);
                    assertThat(phone.sendsBody(namesBody)).isInstanceOf(AcsRequest.GetParameterValues.class);
                    phone.sendsBody(valuesBody);
                } finally {
                    on.set(false);
                    watcher.join();
                }
                rise = most.get() - before;
            }
            System.out.println("heap rise: " + rise / 1024 + " KiB");
            assertThat(rise).isLessThan(64L * 1024 * 1024);
            assertThat(rest.rpc(first).get("result").get("parameters")).hasSize(entries);
            assertThat(rest.rpc(second).get("result").get("values")).hasSize(25_000);
            assertThat(rest.get(DEVICE + "/parameters?path=Device.X_00562B_Table.&limit=1")
                            .get("total")
                            .asInt())
                    .isEqualTo(25_501);
        }
    }

    @Test
    @Tag("CWMP-143")
    void a_name_that_the_phone_does_not_have_is_told_learned_shown_and_forgotten() throws IOException {
        try (LocalServer server = server()) {
            Rest rest = server.rest();
            LargePhone large = LargePhone.of(60);
            StringBuilder paths = new StringBuilder("\"Device.No.Such\"");
            large.names().forEach(name -> paths.append(",\"").append(name).append('"'));
            String id = rest.queue(ID.encoded(), "GetParameterValues", "{\"paths\":[" + paths + "]}");
            assertThat(visits(server, large, Integer.MAX_VALUE)).isTrue();
            JsonNode end = rest.rpc(id);
            assertThat(end.get("state").asText()).as("%s", end).isEqualTo("succeeded");
            assertThat(end.get("result").get("values")).hasSize(60);
            assertThat(end.get("result").get("faults").get(0).get("code").asInt())
                    .isEqualTo(9005);

            JsonNode learned = rest.get(DEVICE + "/learned");
            assertThat(learned.get("softwareVersion").asText()).isEqualTo("sip88xx.12-0-1MPP0001-1");
            assertThat(learned.get("facts").get(0).get("kind").asText()).isEqualTo("unknown_name");
            assertThat(learned.get("facts").get(0).get("name").asText()).isEqualTo("Device.No.Such");
            assertThat(rest.call("DELETE", DEVICE + "/learned", "").status()).isEqualTo(204);
            assertThat(rest.get(DEVICE + "/learned").get("facts")).isEmpty();
        }
    }

    @Test
    @Tag("CWMP-142")
    void a_listing_without_parents_with_doubles_and_an_odd_writable_is_kept_as_it_is_meant() throws IOException {
        try (LocalServer server = server()) {
            Rest rest = server.rest();
            String id = rest.queue(ID.encoded(), "GetParameterNames", "{\"path\":\"Device.Odd.\",\"nextLevel\":false}");
            try (ScriptedPhone phone = ScriptedPhone.connect(server.port("cwmp.http"), ID)) {
                phone.informs(Event.of(EventCode.PERIODIC));
                phone.hasNothingMore();
                String odd = new String(
                                phone.written(new CpeResponse.GetParameterNamesResponse(List.of(
                                        new ParameterInfo("Device.Odd.1.A", true),
                                        new ParameterInfo("Device.Odd.1.B", true),
                                        new ParameterInfo("Device.Odd.1.A", true),
                                        new ParameterInfo("Device.Odd.2.A", true)))),
                                StandardCharsets.UTF_8)
                        .replaceFirst("(?s)(Odd.2.A.*?<Writable>)[^<]*", "$130");
                phone.sendsBody(odd.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(rest.rpc(id).get("state").asText()).isEqualTo("succeeded");
            JsonNode items = rest.get(DEVICE + "/parameters?path=Device.Odd.").get("items");
            assertThat(items)
                    .extracting(item -> item.get("path").asText())
                    .containsExactly(
                            "Device.Odd.",
                            "Device.Odd.1.",
                            "Device.Odd.1.A",
                            "Device.Odd.1.B",
                            "Device.Odd.2.",
                            "Device.Odd.2.A");
            assertThat(items.get(2).get("writable").asBoolean()).isTrue();
            assertThat(items.get(5).get("writable").asBoolean()).isFalse();
        }
    }
}
