package carillon.cwmp.codec;

/** The namespaces of an envelope. */
final class Namespaces {
    static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String ENCODING = "http://schemas.xmlsoap.org/soap/encoding/";
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    static final String CWMP = "urn:dslforum-org:cwmp-";

    private Namespaces() {}
}
