package carillon.cwmp.message;

/** No envelope at all: "I have nothing to send" (TR-069 Amendment 6, 3.7.1.4). */
public record Empty() implements CwmpMessage {
    @Override
    public String name() {
        return "empty";
    }
}
