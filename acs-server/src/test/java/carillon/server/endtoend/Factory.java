package carillon.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsRequest;
import carillon.phones.Phone;
import carillon.phones.PhoneModel;
import carillon.phones.SessionLog;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Simulated phones for one server, as they leave the factory and later. */
record Factory(LocalServer server) {
    static final String MANAGEMENT = "Device.ManagementServer.";

    private static final String FIRST_USERNAME = "phones";
    private static final String FIRST_PASSWORD = "let me in";

    Phone phone(int number, String scheme) {
        return new Phone(PhoneModel.of("CP-8851-3PCC"), number, url(scheme), "", "");
    }

    URI url(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + server.port("cwmp." + scheme) + "/");
    }

    /** A phone that was approved and has used credentials of its own. */
    Phone own(int number) {
        Phone phone = phone(number, "https");
        completed(phone.session());
        approve(phone);
        completed(phone.session(Event.of(EventCode.PERIODIC)));
        completed(phone.session(Event.of(EventCode.PERIODIC)));
        assertThat(phone.value(MANAGEMENT + "Username")).isEqualTo(phone.id().encoded());
        return phone;
    }

    /** A server at which a device must log in also before it has a login of its own. */
    static LocalServer askingForLogin(Path data) {
        return new LocalServer(
                data,
                "cpe.auth",
                "required",
                "cpe.first-contact.username",
                FIRST_USERNAME,
                "cpe.first-contact.password",
                FIRST_PASSWORD);
    }

    /** A phone of a server {@link #askingForLogin} that was approved and has used credentials of its own. */
    Phone ownAfterLogin(int number) {
        Phone phone = phone(number, "https");
        phone.changes(MANAGEMENT + "Username", FIRST_USERNAME);
        phone.changes(MANAGEMENT + "Password", FIRST_PASSWORD);
        completed(phone.session());
        approve(phone);
        completed(phone.session());
        completed(phone.session(Event.of(EventCode.PERIODIC)));
        assertThat(login(phone).password()).hasSize(26);
        return phone;
    }

    /** The same phone, which now calls this server. */
    Phone moved(Phone phone) {
        Phone moved = phone(phone.number(), "https");
        for (String name : List.of("Username", "Password", "ConnectionRequestUsername", "ConnectionRequestPassword")) {
            moved.changes(MANAGEMENT + name, phone.value(MANAGEMENT + name));
        }
        return moved;
    }

    void approve(Phone phone) {
        assertThat(server.rest()
                        .call("PATCH", path(phone), "{\"state\":\"approved\"}")
                        .status())
                .isEqualTo(200);
    }

    static String path(Phone phone) {
        return "/api/v1/devices/" + phone.id().encoded();
    }

    /** How this phone logs in now. */
    static Login login(Phone phone) {
        return Login.of(phone.value(MANAGEMENT + "Username"), phone.value(MANAGEMENT + "Password"));
    }

    int claims(Phone phone) {
        return server.rest().get(path(phone) + "/claims").get("items").size();
    }

    static SessionLog completed(SessionLog log) {
        assertThat(log.completed()).as(log.reason()).isTrue();
        return log;
    }

    /** What a session was asked to set, by the end of its paths. */
    static List<String> isAskedToSet(SessionLog log) {
        return completed(log).requests().stream()
                .filter(AcsRequest.SetParameterValues.class::isInstance)
                .flatMap(request -> ((AcsRequest.SetParameterValues) request).values().stream())
                .map(ParameterValue::path)
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .toList();
    }
}
