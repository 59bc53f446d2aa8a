package carillon.cwmp.flatprofile;

import java.util.Map;
import java.util.Optional;

/**
 * What a rule comes to for one phone at one moment.
 *
 * @param alternative the one that was chosen, counted from 1; 0 where none was
 * @param assignments by key, {@code GPP_A} for {@code a}, made before the request
 * @param request empty where nothing is fetched
 */
public record RuleDecision(int alternative, Map<String, String> assignments, Optional<ProfileRequest> request) {
    /** Nothing is done. */
    public static final RuleDecision SKIPPED = new RuleDecision(0, Map.of(), Optional.empty());
}
