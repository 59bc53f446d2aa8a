package carillon.phones;

import carillon.cwmp.message.AcsRequest;
import java.util.List;

/**
 * What one session was like, from the phone's end.
 *
 * @param completed whether it ended with the server's empty answer
 * @param reason why not, else empty
 * @param acknowledged how many events the server acknowledged with its InformResponse
 * @param requests what the server asked, in order
 * @param received the bodies that the server sent, as they came
 * @param nanos how long it took
 */
public record SessionLog(
        boolean completed,
        String reason,
        int acknowledged,
        List<AcsRequest> requests,
        List<String> received,
        long nanos) {
    public SessionLog {
        requests = List.copyOf(requests);
        received = List.copyOf(received);
    }
}
