package carillon.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import carillon.cwmp.Secret;
import carillon.db.Role;
import carillon.db.User;
import carillon.server.operator.Actor;
import carillon.server.operator.TestHouse;
import carillon.server.operator.TokenActions;
import carillon.server.operator.UserActions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    @TempDir
    Path directory;

    private TestHouse house;
    private Logins logins;
    private WebSessions sessions;
    private Authenticator authenticator;
    private User anna;

    @BeforeEach
    void open() {
        house = new TestHouse(directory);
        logins = new Logins(house.database, TestHouse.HASHES, house.clock);
        sessions = new WebSessions(house.database, house.clock);
        authenticator = new Authenticator(logins, sessions);
        anna = house.user("anna", Role.OPERATOR);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Optional<Identity> login(String password) {
        return logins.password("anna", password, "192.0.2.1");
    }

    @Test
    void a_password_is_stored_as_argon2id_with_its_own_salt() {
        String text = TestHouse.HASHES.hash("one two three");

        assertThat(text).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(TestHouse.HASHES.hash("one two three")).isNotEqualTo(text);
        assertThat(TestHouse.HASHES.matches("one two three", text)).isTrue();
        assertThat(TestHouse.HASHES.matches("one two four", text)).isFalse();
        assertThat(TestHouse.HASHES.matches("x", "plain")).isFalse();
    }

    @Test
    void after_five_wrong_passwords_the_right_one_has_to_wait_too() {
        for (int i = 0; i < 5; i++) {
            assertThat(login("wrong")).isEmpty();
        }
        assertThatThrownBy(() -> login(TestHouse.PASSWORD))
                .isInstanceOfSatisfying(AccessDeniedException.class, denied -> {
                    assertThat(denied.reason()).isEqualTo(AccessDeniedException.Reason.TOO_MANY_FAILURES);
                    assertThat(denied.retryAfter()).isPresent();
                });
        assertThat(logins.password("anna", TestHouse.PASSWORD, "192.0.2.2")).isPresent();

        house.later(Duration.ofMinutes(1));
        assertThat(login(TestHouse.PASSWORD)).isPresent();
    }

    @Test
    void a_disabled_user_is_not_let_in() {
        UserActions.Patch disabled =
                new UserActions.Patch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(true));
        String cookie = sessions.open(Identity.of(anna));
        logins.basic("anna", TestHouse.PASSWORD, "192.0.2.1");
        house.users.patch(Actor.server("command line"), "anna", disabled);

        assertThat(login(TestHouse.PASSWORD)).isEmpty();
        assertThat(logins.basic("anna", TestHouse.PASSWORD, "192.0.2.1")).isEmpty();
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void a_token_works_until_it_expires_or_is_revoked() {
        Actor actor = Actor.of(Identity.of(anna));
        TokenActions.Made made = house.tokens.create(
                actor, new TokenActions.Request("ci", Optional.of(Role.VIEWER), Optional.empty(), Optional.empty()));

        assertThat(logins.token(made.text().reveal()).orElseThrow().role()).isEqualTo(Role.VIEWER);
        assertThat(made.token().hash()).doesNotContain(made.text().reveal());
        house.later(Duration.ofDays(90));
        assertThat(logins.token(made.text().reveal())).isEmpty();

        TokenActions.Made second = house.tokens.create(
                actor, new TokenActions.Request("ci", Optional.empty(), Optional.empty(), Optional.empty()));
        house.tokens.revoke(actor, second.token().id());
        assertThat(logins.token(second.text().reveal())).isEmpty();
    }

    @Test
    void a_session_lives_twelve_hours_from_its_last_use() {
        String cookie = sessions.open(Identity.of(anna));
        assertThat(sessions.find(cookie)).isPresent();
        house.later(Duration.ofHours(11));
        assertThat(sessions.find(cookie)).isPresent();
        house.later(Duration.ofHours(11));
        assertThat(sessions.find(cookie)).isPresent();
        house.later(Duration.ofHours(13));
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void a_session_ends_when_it_is_closed_or_the_password_changes() {
        String closed = sessions.open(Identity.of(anna));
        sessions.close(closed);
        assertThat(sessions.find(closed)).isEmpty();

        String open = sessions.open(Identity.of(anna));
        house.users.changePassword(
                Actor.of(Identity.of(anna)), new Secret(TestHouse.PASSWORD), new Secret("another one"));
        assertThat(sessions.find(open)).isEmpty();
        assertThat(login("another one")).isPresent();
    }

    @Test
    void a_write_with_a_cookie_needs_the_pages_token() {
        String cookie = sessions.open(Identity.of(anna));

        assertThat(authenticator.identify(request("GET", "", cookie, "", "")).name())
                .isEqualTo("user:anna");
        assertThatThrownBy(() -> authenticator.identify(request("POST", "", cookie, "", "")))
                .hasMessageContaining("X-CSRF-Token");
        assertThat(authenticator
                        .identify(request("POST", "", cookie, Csrf.token(cookie), ""))
                        .name())
                .isEqualTo("user:anna");
    }

    @Test
    void a_secret_in_a_url_is_refused() {
        assertThatThrownBy(() -> authenticator.identify(request("GET", basic(), "", "", "q=1&access_token=x")))
                .isInstanceOfSatisfying(AccessDeniedException.class, denied -> assertThat(denied.reason())
                        .isEqualTo(AccessDeniedException.Reason.SECRET_IN_URL));
    }

    @Test
    void a_users_name_and_password_are_good_for_scripts() {
        assertThat(authenticator.identify(request("POST", basic(), "", "", "")).name())
                .isEqualTo("user:anna");
        assertThatThrownBy(() -> authenticator.identify(request("POST", "Basic !!", "", "", "")))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> authenticator.identify(request("GET", "", "", "", "")))
                .hasMessageContaining("log in");
    }

    @Test
    void each_role_may_what_the_lesser_ones_may() {
        for (Permission permission : Permission.values()) {
            assertThat(permission.isOf(Role.ADMINISTRATOR)).isTrue();
            assertThat(permission.isOf(Role.VIEWER)).isEqualTo(permission.leastRole() == Role.VIEWER);
        }
    }

    private static String basic() {
        return "Basic "
                + Base64.getEncoder().encodeToString(("anna:" + TestHouse.PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private static Authenticator.Request request(
            String method, String authorization, String cookie, String csrf, String query) {
        return new Authenticator.Request(method, authorization, cookie, csrf, query, "192.0.2.1");
    }
}
