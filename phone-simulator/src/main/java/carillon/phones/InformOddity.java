package carillon.phones;

import static carillon.phones.Bends.inform;
import static carillon.phones.Bends.text;
import static carillon.phones.InformSpelling.events;
import static carillon.phones.InformSpelling.oui;
import static carillon.phones.InformSpelling.productClass;
import static carillon.phones.InformSpelling.retryCount;
import static carillon.phones.InformSpelling.time;
import static carillon.phones.InformSpelling.url;
import static carillon.phones.Prediction.UNDERSTOOD;
import static carillon.phones.Prediction.fault;

import java.util.List;

/** What phones say in an Inform. */
@SuppressWarnings("ImmutableEnumChecker") // a manner keeps nothing
public enum InformOddity implements Misbehaviour {
    SERIAL_EMPTY(
            "Q-39: an empty SerialNumber",
            fault("8003"),
            text(xml -> xml.replaceFirst("<SerialNumber>[^<]*", "<SerialNumber>"))),
    OUI_EMPTY("Q-39: an empty OUI", fault("8003"), oui("")),
    OUI_LOWER_CASE("Q-39: the OUI in lower case", UNDERSTOOD, oui("00562b")),
    OUI_ODD("Q-39: an OUI that is no six digits", UNDERSTOOD, oui("0x562B")),
    PRODUCT_CLASS_EMPTY("Q-39: no ProductClass", UNDERSTOOD, productClass("")),
    PRODUCT_CLASS_ODD("Q-39: a ProductClass with a blank, / and %", UNDERSTOOD, productClass("IP Phone/8851 50%")),
    MANUFACTURER_HOSTILE(
            "a Manufacturer with script, path and formula",
            UNDERSTOOD,
            text(xml -> xml.replaceFirst(
                    "<Manufacturer>[^<]*", "<Manufacturer>=cmd &lt;script&gt;alert(1)&lt;/script&gt; ../../x"))),
    BOOTSTRAP_WITHOUT_BOOT("Q-41: 0 BOOTSTRAP without 1 BOOT", UNDERSTOOD, events("0 BOOTSTRAP")),
    PERIODIC_BEFORE_BOOT("Q-41: 2 PERIODIC before 1 BOOT", UNDERSTOOD, events("2 PERIODIC", "1 BOOT")),
    ALL_EVENTS_AT_ONCE(
            "Q-41: 0, 1, 2 and 4 at once", UNDERSTOOD, events("0 BOOTSTRAP", "1 BOOT", "2 PERIODIC", "4 VALUE CHANGE")),
    VENDOR_EVENT("Q-41: an event of the vendor", UNDERSTOOD, events("X 00562B Headset Docked")),
    UNKNOWN_EVENT("Q-41: an event that nobody knows", UNDERSTOOD, events("77 SOMETHING ELSE", "M Something")),
    NO_EVENTS("Q-41: an empty list of events", UNDERSTOOD, events()),
    COMMAND_KEY_LONG(
            "Q-41: a CommandKey of 34 characters",
            UNDERSTOOD,
            text(xml ->
                    xml.replaceFirst("<CommandKey></CommandKey>", "<CommandKey>" + "k".repeat(34) + "</CommandKey>"))),
    TIME_WITHOUT_ZONE("Q-42: a time without zone", UNDERSTOOD, time("2026-03-01T08:00:00")),
    TIME_1970("Q-42: a time of 1970", UNDERSTOOD, time("1970-01-01T00:01:00Z")),
    TIME_UNKNOWN("Q-42: the unknown time", UNDERSTOOD, time("0001-01-01T00:00:00Z")),
    TIME_ZERO("Q-42: a time of zeros", UNDERSTOOD, time("0000-00-00T00:00:00")),
    TIME_OFFSET("Q-42: an offset without colon", UNDERSTOOD, time("2026-03-01T08:00:00+0000")),
    TIME_FRACTION("Q-42: microseconds", UNDERSTOOD, time("2026-03-01T08:00:00.123456Z")),
    TIME_WITH_BLANK("Q-42: a blank in place of T", UNDERSTOOD, time("2026-03-01 08:00:00")),
    TIME_OF_C("Q-42: a time as the C library writes it", UNDERSTOOD, time("Mon Nov 23 04:17:43 2026")),
    TIME_EMPTY("Q-42: no time at all", UNDERSTOOD, time("")),
    RETRY_COUNT_PADDED("Q-43: RetryCount 00", UNDERSTOOD, retryCount("00")),
    RETRY_COUNT_NEGATIVE("Q-43: RetryCount -1", UNDERSTOOD, retryCount("-1")),
    RETRY_COUNT_EMPTY("Q-43: an empty RetryCount", UNDERSTOOD, retryCount("")),
    MAX_ENVELOPES_TWO(
            "Q-43: MaxEnvelopes 2", UNDERSTOOD, text(xml -> xml.replace("<MaxEnvelopes>1<", "<MaxEnvelopes>2<"))),
    PARAMETERS_MISSING(
            "Q-44: parameters that must be there are not",
            UNDERSTOOD,
            inform(inform -> InformSpelling.with(
                    inform,
                    inform.parameters().stream()
                            .filter(value -> !value.path().contains("HardwareVersion")
                                    && !value.path().contains("ParameterKey"))
                            .toList()))),
    PARAMETERS_NONE(
            "Q-44: an empty list of parameters", UNDERSTOOD, inform(inform -> InformSpelling.with(inform, List.of()))),
    NAME_WITH_LEADING_DOT(
            "Q-44: a name that begins with a dot",
            UNDERSTOOD,
            text(xml -> xml.replace("<Name>Device.LAN.IPAddress<", "<Name>.ExternalIPAddress<"))),
    NAME_TWICE("Q-44: one name twice", UNDERSTOOD, inform(InformSpelling::twice)),
    MANY_PARAMETERS("Q-44: a hundred parameters", UNDERSTOOD, inform(InformSpelling::many)),
    VALUES_EMPTY(
            "Q-44: values that are all empty",
            UNDERSTOOD,
            text(xml -> xml.replaceAll("(<Value[^>]*>)[^<]*</Value>", "$1</Value>"))),
    URL_EMPTY("Q-45: an empty ConnectionRequestURL", UNDERSTOOD, url("")),
    URL_ZERO("Q-45: a ConnectionRequestURL at 0.0.0.0", UNDERSTOOD, url("http://0.0.0.0:7547/x")),
    URL_PORT_ZERO("Q-45: port 0", UNDERSTOOD, url("http://192.0.2.1:0/x")),
    URL_UNRESOLVABLE("Q-45: a host that nobody knows", UNDERSTOOD, url("http://phone.invalid:7547/x")),
    URL_HTTPS("Q-45: https", UNDERSTOOD, url("https://192.0.2.1:7548/x")),
    URL_CHANGING(
            "Q-45: a path that changes each time",
            UNDERSTOOD,
            text(xml -> xml.replaceFirst(
                    "(ConnectionRequestURL</Name><Value[^>]*>)[^<]*",
                    "$1http://192.0.2.1:7547/" + Long.toHexString(System.nanoTime()))));

    private final Trait trait;

    InformOddity(String wire, Prediction prediction, Manner manner) {
        this.trait = new Trait(wire, prediction, manner);
    }

    @Override
    public Trait trait() {
        return trait;
    }
}
