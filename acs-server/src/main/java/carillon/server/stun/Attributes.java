package carillon.server.stun;

/** The attributes that mean something here (RFC 3489, 11.2; RFC 5389, 18.2; TR-069 Annex G). */
final class Attributes {
    static final int MAPPED_ADDRESS = 0x0001;
    static final int RESPONSE_ADDRESS = 0x0002;
    static final int CHANGE_REQUEST = 0x0003;
    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000A;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int CONNECTION_REQUEST_BINDING = 0xC001;
    static final int BINDING_CHANGE = 0xC002;

    private Attributes() {}
}
