package carillon.cwmp.message;

/** What the body of one HTTP message says. */
public sealed interface CwmpMessage permits CpeRequest, AcsResponse, AcsRequest, CpeResponse, FaultMessage, Empty {
    /** The name of the body's element: the method, with {@code Response} where it is one; for people to read. */
    String name();
}
