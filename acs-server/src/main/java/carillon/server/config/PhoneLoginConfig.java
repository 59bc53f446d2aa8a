package carillon.server.config;

import carillon.cwmp.Secret;

/**
 * How phones log in.
 *
 * @param firstContactUser user name that phones share before they have credentials of their own; empty for none
 * @param overTls what phones are asked for over HTTPS; over HTTP it is always Digest
 */
public record PhoneLoginConfig(String firstContactUser, Secret firstContactPassword, Scheme overTls) {
    /** How an HTTP client proves that it knows a password. */
    public enum Scheme {
        DIGEST,
        BASIC
    }

    public static PhoneLoginConfig from(ConfigReader reader) {
        String user = reader.text(
                "cpe.first-contact.username",
                "",
                "User name that phones share until they have their own; with cpe.auth=required it lets them wait for"
                        + " approval. It proves nothing else.");
        Secret password = reader.secret("cpe.first-contact.password", "Password of cpe.first-contact.username.");
        if (user.isEmpty() != password.isEmpty()) {
            reader.problem("of cpe.first-contact.username and cpe.first-contact.password one is set without the other;"
                    + " set both or none");
        }
        return new PhoneLoginConfig(
                user,
                password,
                reader.choice(
                        "cpe.https.challenge",
                        Scheme.DIGEST,
                        "What phones are asked for over HTTPS: digest or basic; either answer is taken. Over HTTP it is"
                                + " always digest."));
    }

    /** Whether there is a login that phones share. */
    public boolean hasFirstContact() {
        return !firstContactUser.isEmpty();
    }
}
