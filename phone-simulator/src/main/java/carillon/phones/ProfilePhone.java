package carillon.phones;

import carillon.cwmp.Secret;
import carillon.cwmp.flatprofile.EmptyElements;
import carillon.cwmp.flatprofile.EncryptedContent;
import carillon.cwmp.flatprofile.FlatProfile;
import carillon.cwmp.flatprofile.FlatProfileReader;
import carillon.cwmp.flatprofile.KeyingMaterial;
import carillon.cwmp.flatprofile.MalformedProfileException;
import carillon.cwmp.flatprofile.PhoneState;
import carillon.cwmp.flatprofile.ProfileCipher.Derivation;
import carillon.cwmp.flatprofile.ProfilePacking;
import carillon.cwmp.flatprofile.ProfileRequest;
import carillon.cwmp.flatprofile.ProfileRule;
import carillon.cwmp.flatprofile.RuleDecision;
import carillon.cwmp.flatprofile.RuleSyntaxException;
import carillon.cwmp.flatprofile.UnreadableProfileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A phone before TR-069 is on: it fetches profiles as its rules say, over HTTP, HTTPS and TFTP, decrypts and expands them,
 * and takes over what they set. Once a profile turns TR-069 on, it goes on as a {@link Phone}. For one thread at a time.
 */
public final class ProfilePhone {
    private static final List<String> RULES =
            List.of("Profile_Rule", "Profile_Rule_B", "Profile_Rule_C", "Profile_Rule_D");
    private static final int LARGEST = FlatProfileReader.LARGEST;
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/");

    private final PhoneModel model;
    private final Phone identity;
    private final String softwareVersion;
    private final Map<String, String> values = new TreeMap<>();

    /**
     * A factory phone on a network whose DHCP server gave it this address.
     *
     * @param number makes serial number and MAC address
     * @param provisioning as in DHCP option 160: a rule, such as {@code http://10.0.0.5/$PSN.xml}
     */
    public ProfilePhone(PhoneModel model, int number, String softwareVersion, String provisioning) {
        this.model = model;
        this.identity = new Phone(model, number, NOWHERE, "", "");
        this.softwareVersion = softwareVersion;
        values.put("Profile_Rule", provisioning);
    }

    /** How a resync ended: by the phone's own classes. */
    public enum Outcome {
        /** A: fetched and taken over; the next one comes at its time. */
        SUCCESS,
        /** B: not there, or not to be read. */
        MISSING_OR_CORRUPT,
        /** C: any other failure. */
        FAILED,
        /** No rule wanted anything. */
        NOTHING_TO_DO
    }

    /** Twelve lower-case hexadecimal digits. */
    public String mac() {
        return identity.mac().replace(":", "").toLowerCase(Locale.ROOT);
    }

    /** Its serial number. */
    public String serial() {
        return identity.id().serial();
    }

    /** What a key is set to; empty where no profile set it. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Sets a key, as somebody at the phone or an earlier profile did. */
    public void set(String key, String value) {
        values.put(key, value);
    }

    /** The phone as the ACS meets it, where TR-069 is on and an ACS is known. */
    public Optional<Phone> cwmp() {
        String url = values.getOrDefault("ACS_URL", "");
        return "Yes".equals(values.get("Enable_TR-069")) && !url.isEmpty()
                ? Optional.of(new Phone(
                        model,
                        identity.number(),
                        URI.create(url),
                        values.getOrDefault("ACS_Username", ""),
                        values.getOrDefault("ACS_Password", "")))
                : Optional.empty();
    }

    /** Takes its rules in their order; the first that fails ends it. */
    public Outcome resync() {
        Outcome outcome = Outcome.NOTHING_TO_DO;
        for (String rule : RULES) {
            try {
                RuleDecision decision =
                        ProfileRule.parse(values.getOrDefault(rule, "")).evaluate(state());
                values.putAll(decision.assignments());
                if (decision.request().isPresent()) {
                    take(decision.request().get());
                    outcome = Outcome.SUCCESS;
                }
            } catch (FileNotFoundException missing) {
                return "No".equals(values.get("Resync_Fails_On_FNF")) ? Outcome.SUCCESS : Outcome.MISSING_OR_CORRUPT;
            } catch (UnreadableProfileException | MalformedProfileException corrupt) {
                return Outcome.MISSING_OR_CORRUPT;
            } catch (IOException | RuleSyntaxException failed) {
                return Outcome.FAILED;
            }
        }
        return outcome;
    }

    private PhoneState state() {
        PhoneState state = PhoneState.of(model.productClass(), mac(), serial(), softwareVersion);
        for (char letter = 'A'; letter <= 'P'; letter++) {
            String value = values.get("GPP_" + letter);
            state = value == null ? state : state.with(String.valueOf(letter), value);
        }
        for (char letter = 'A'; letter <= 'D'; letter++) {
            String value = values.get("GPP_S" + letter);
            state = value == null ? state : state.with("S" + letter, value);
        }
        return state;
    }

    private void take(ProfileRequest request)
            throws IOException, UnreadableProfileException, MalformedProfileException {
        byte[] body = request.url().scheme().equals("tftp")
                ? opened(
                        TftpFetch.fetch(
                                request.url().host(),
                                request.url().port(),
                                request.url().path()),
                        "",
                        request)
                : http(request);
        FlatProfile profile =
                new FlatProfileReader(EmptyElements.CLEAR).read(body).profile();
        values.putAll(profile.values());
    }

    private byte[] http(ProfileRequest request) throws IOException, UnreadableProfileException {
        HttpWire.Answer answer = call(request.url().toString(), request, Map.of());
        if (answer.status() == 301 || answer.status() == 302) {
            answer = call(answer.header("location"), request, Map.of());
        }
        if (answer.status() == 401 && request.uid().isPresent()) {
            String login = DigestAnswer.to(
                    answer.header("www-authenticate"),
                    request.uid().get(),
                    request.pwd().map(Secret::reveal).orElse(""),
                    request.method(),
                    request.url().path(),
                    "0a4f113b");
            answer = call(request.url().toString(), request, Map.of("Authorization", login));
        }
        if (answer.status() == 404) {
            throw new FileNotFoundException("404");
        }
        if (answer.status() != 200) {
            throw new IOException("HTTP " + answer.status());
        }
        return opened(answer.body(), answer.header("content-encoding"), request);
    }

    private HttpWire.Answer call(String url, ProfileRequest request, Map<String, String> more) throws IOException {
        Map<String, String> headers = new TreeMap<>(more);
        headers.put("User-Agent", "Cisco-" + model.productClass() + "/" + softwareVersion + " (" + mac() + ")");
        URI target = URI.create(url);
        try (HttpWire wire = new HttpWire(target)) {
            byte[] body = request.body().orElse("").getBytes(StandardCharsets.UTF_8);
            String path = target.getRawQuery() == null
                    ? target.getRawPath()
                    : target.getRawPath() + "?" + target.getRawQuery();
            return wire.call(request.method(), path, headers, body);
        }
    }

    /** What says that it is aes128gcm is opened with that key, whatever the rule says. */
    private byte[] opened(byte[] body, String coding, ProfileRequest request) throws UnreadableProfileException {
        if (coding.equals(EncryptedContent.NAME)) {
            Secret material = new Secret(values.getOrDefault("IKM_HTTP_Encrypt_Content", ""));
            return ProfilePacking.unpack(EncryptedContent.open(body, KeyingMaterial.AUTO.octets(material)), LARGEST);
        }
        return request.key().isPresent()
                ? ProfilePacking.unpack(body, request.key().get(), Derivation.MD5, LARGEST)
                : ProfilePacking.unpack(body, LARGEST);
    }
}
