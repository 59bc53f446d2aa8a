package carillon.server.admin;

import java.util.List;
import java.util.Map;

/**
 * What came of an {@link AdminRequest}.
 *
 * @param items what was asked for, by column
 * @param secret a password or a token that is shown this once; empty where there is none
 * @param told a sentence for people; empty where there is none
 * @param trouble why it could not be done, in one line; empty where it was done
 */
public record AdminAnswer(List<Map<String, String>> items, String secret, String told, String trouble) {
    public AdminAnswer {
        items = List.copyOf(items);
    }

    static AdminAnswer of(List<Map<String, String>> items) {
        return new AdminAnswer(items, "", "", "");
    }

    static AdminAnswer of(List<Map<String, String>> items, String secret) {
        return new AdminAnswer(items, secret, "", "");
    }

    static AdminAnswer told(String sentence) {
        return new AdminAnswer(List.of(), "", sentence, "");
    }

    static AdminAnswer refused(String trouble) {
        return new AdminAnswer(List.of(), "", "", trouble);
    }
}
