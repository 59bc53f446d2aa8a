package carillon.cwmp;

import java.util.Optional;

/** The versions of CWMP; 1.3 and 1.4 share the namespace of 1.2 on the wire (TR-069 Amendment 6, A.2.1). */
public enum CwmpVersion {
    V1_0("1.0", "urn:dslforum-org:cwmp-1-0"),
    V1_1("1.1", "urn:dslforum-org:cwmp-1-1"),
    V1_2("1.2", "urn:dslforum-org:cwmp-1-2"),
    V1_3("1.3", "urn:dslforum-org:cwmp-1-2"),
    V1_4("1.4", "urn:dslforum-org:cwmp-1-2");

    private final String number;
    private final String namespace;

    CwmpVersion(String number, String namespace) {
        this.number = number;
        this.namespace = namespace;
    }

    /** {@code 1.0} to {@code 1.4}, as in the SupportedCWMPVersions header. */
    public String number() {
        return number;
    }

    public String namespace() {
        return namespace;
    }

    /** The version with this number, if there is one. */
    public static Optional<CwmpVersion> ofNumber(String number) {
        for (CwmpVersion version : values()) {
            if (version.number.equals(number.strip())) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /**
     * What a namespace says by itself: devices use the unofficial {@code cwmp-1-3}, {@code cwmp-1-4} and later ones too,
     * which are taken for the version they name or, where there is none, for the newest.
     */
    public static Optional<CwmpVersion> ofNamespace(String namespace) {
        String start = "urn:dslforum-org:cwmp-1-";
        if (!namespace.startsWith(start)) {
            return Optional.empty();
        }
        String minor = namespace.substring(start.length());
        if (minor.isEmpty() || minor.length() > 3 || !minor.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(values()[Math.min(Integer.parseInt(minor), values().length - 1)]);
    }
}
