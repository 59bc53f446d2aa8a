package carillon.server.console.view;

import carillon.db.ApiToken;
import carillon.db.AuditEntry;
import carillon.db.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Users, tokens, and who did what. */
public sealed interface PeopleView {
    /**
     * Users.
     *
     * @param me the name of who looks
     * @param typed what was typed into the form for a new one
     */
    record Users(List<User> users, String me, Map<String, String> typed, Optional<String> trouble)
            implements PeopleView {
        public Users {
            users = List.copyOf(users);
            typed = Map.copyOf(typed);
        }

        /** What was typed into a field. */
        public String typed(String field) {
            return typed.getOrDefault(field, "");
        }
    }

    /**
     * Tokens.
     *
     * @param made the text of one that was just made: it is shown this once
     */
    record Tokens(List<ApiToken> tokens, Optional<String> made, Optional<String> trouble, java.time.Instant now)
            implements PeopleView {
        public Tokens {
            tokens = List.copyOf(tokens);
        }
    }

    /**
     * The audit log.
     *
     * @param subject whose entries are shown, empty for all
     */
    record Audit(List<AuditEntry> entries, String subject, Trail trail) implements PeopleView {
        public Audit {
            entries = List.copyOf(entries);
        }
    }
}
