package carillon.phones;

import carillon.cwmp.message.AcsRequest;
import java.util.List;

/**
 * What one session was like, from the phone's end.
 *
 * @param reason why it did not end with the server's empty answer; empty where it did
 * @param seen how it ended, to be compared with a prediction
 * @param bent whether the phone did anything wrong in it
 * @param acknowledged how many events the server acknowledged with its InformResponse
 * @param requests what the server asked, in order
 * @param received the bodies that the server sent, as they came
 * @param nanos how long it took
 */
public record SessionLog(
        String reason,
        Prediction seen,
        boolean bent,
        int acknowledged,
        List<AcsRequest> requests,
        List<String> received,
        long nanos) {
    public SessionLog {
        requests = List.copyOf(requests);
        received = List.copyOf(received);
    }

    /** Whether it ended with the server's empty answer. */
    public boolean completed() {
        return reason.isEmpty();
    }
}
