package carillon.phones;

/**
 * What a phone does about a connection request.
 *
 * @param status the HTTP status that it answers; 0 for no answer at all
 * @param challenge header lines that ask for credentials, each with its end; empty where none are asked for
 * @param close whether it closes the connection behind its answer
 * @param comes whether it informs
 */
record CallAnswer(int status, String challenge, boolean close, boolean comes) {
    CallAnswer withChallenge(String other) {
        return new CallAnswer(status, challenge.isEmpty() ? "" : other, close, comes);
    }

    CallAnswer closing() {
        return new CallAnswer(status, challenge, true, comes);
    }

    /** The phone comes, and answers this. */
    CallAnswer coming(int with) {
        return comes ? new CallAnswer(with, "", true, true) : this;
    }

    /** The phone does not come, and answers this. */
    static CallAnswer staying(int with) {
        return new CallAnswer(with, "", true, false);
    }

    /** As it leaves; without octets for no answer. */
    String text() {
        return status == 0
                ? ""
                : "HTTP/1.1 " + status + " .\r\n" + challenge + (close ? "Connection: close\r\n" : "")
                        + "Content-Length: 0\r\n\r\n";
    }
}
