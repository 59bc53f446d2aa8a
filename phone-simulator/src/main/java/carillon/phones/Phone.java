package carillon.phones;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.CwmpVersion;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.CpeRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One phone: who it is, what it knows, what it still has to report. One session at a time; {@link #session} holds the
 * phone's lock for as long as it lasts.
 */
public final class Phone {
    static final String MANAGEMENT = "Device.ManagementServer.";
    private static final String OUI = "00562B";
    private static final List<String> ALWAYS = List.of(
            "Device.DeviceSummary",
            "Device.DeviceInfo.Manufacturer",
            "Device.DeviceInfo.ModelName",
            "Device.DeviceInfo.HardwareVersion",
            "Device.DeviceInfo.SoftwareVersion",
            "Device.DeviceInfo.ProvisioningCode",
            "Device.DeviceInfo.DeviceStatus",
            "Device.ManagementServer.ParameterKey",
            "Device.ManagementServer.ConnectionRequestURL",
            "Device.ManagementServer.PeriodicInformInterval",
            "Device.LAN.AddressingType",
            "Device.LAN.IPAddress",
            "Device.LAN.SubnetMask",
            "Device.LAN.MACAddress",
            "Device.Time.LocalTimeZone");

    private final PhoneModel model;
    private final int number;
    private final String firstUrl;
    private final String firstUsername;
    private final String firstPassword;
    private final PhoneValues values;
    private final PhoneDisk disk = new PhoneDisk();
    private volatile PhoneIdentity identity = PhoneIdentity.NONE;
    private final News news = new News();
    private final Reach reach = new Reach();
    private final Agenda agenda = new Agenda();
    private final Transfers transfers = new Transfers(this);
    private final SoftwareModules modules = new SoftwareModules(this);
    private final Set<String> options = new LinkedHashSet<>();
    private final Map<AcsMethod, Integer> executions = new EnumMap<>(AcsMethod.class);
    private final Map<AcsMethod, Integer> refusedMethods = new EnumMap<>(AcsMethod.class);
    private final Map<String, Integer> refusedParameters = new TreeMap<>();
    private final Set<Misbehaviour> misbehaviours = new LinkedHashSet<>();
    private CwmpVersion version = CwmpVersion.V1_2;
    private int retryCount;
    private final List<Runnable> afterSession = new ArrayList<>();
    private Optional<Duration> away = Optional.empty();
    private String connectionRequestUrl = "";
    private volatile boolean inSession;

    /**
     * A phone out of the box.
     *
     * @param number makes serial number and MAC address
     * @param username first-contact user name, may be empty
     */
    public Phone(PhoneModel model, int number, URI acsUrl, String username, String password) {
        this.model = model;
        this.number = number;
        this.firstUrl = acsUrl.toString();
        this.firstUsername = username;
        this.firstPassword = password;
        this.values = new PhoneValues(model, InstantSource.system());
        factory();
    }

    private void factory() {
        values.reset();
        values.boots();
        agenda.clear();
        transfers.clear();
        modules.clear();
        options.clear();
        news.clear();
        news.notifications().put("Device.DeviceInfo.SoftwareVersion", 2);
        news.notifications().put(MANAGEMENT + "ConnectionRequestURL", 2);
        DeviceId id = id();
        values.set("Device.DeviceInfo.ManufacturerOUI", id.oui());
        values.set("Device.DeviceInfo.ProductClass", id.productClass());
        values.set("Device.DeviceInfo.ModelName", id.productClass());
        values.set("Device.DeviceInfo.SerialNumber", id.serial());
        values.set("Device.LAN.MACAddress", mac());
        values.set("Device.LAN.IPAddress", "127.0.0.1");
        values.set(MANAGEMENT + "ConnectionRequestURL", connectionRequestUrl);
        values.set(MANAGEMENT + "URL", firstUrl);
        values.set(MANAGEMENT + "Username", firstUsername);
        values.set(MANAGEMENT + "Password", firstPassword);
        happens(Event.of(EventCode.BOOTSTRAP));
        happens(Event.of(EventCode.BOOT));
    }

    /** Who it is. */
    public DeviceId id() {
        return new DeviceId(OUI, model.productClass(), String.format(Locale.ROOT, "FCH%08d", number));
    }

    /** {@code 00:56:2B:xx:xx:xx} */
    public String mac() {
        return String.format(
                Locale.ROOT, "00:56:2B:%02X:%02X:%02X", number >> 16 & 255, number >> 8 & 255, number & 255);
    }

    /** Its number in the fleet. */
    public int number() {
        return number;
    }

    /** A value as the phone uses it, passwords included. */
    public synchronized String value(String path) {
        return values.value(path);
    }

    /** The user changes something on the phone: the server hears of it where it asked to. */
    public synchronized void changes(String path, String value) {
        if (!values.value(path).equals(value)) {
            values.set(path, value);
            valueChanged(path);
            hangBell();
        }
    }

    /** Where it can be called; a restart and a factory reset change nothing about it. */
    synchronized void listensAt(URI url) {
        connectionRequestUrl = url.toString();
        values.set(MANAGEMENT + "ConnectionRequestURL", connectionRequestUrl);
    }

    private void hangBell() {
        reach.hang(values, List.copyOf(misbehaviours));
    }

    Reach.Bell bell() {
        return reach.bell();
    }

    Reach.Stun stun() {
        return reach.stun();
    }

    /** It found out whether it is behind a NAT, and where it can be called over UDP. */
    void learnsOfNat(boolean nat, String address) {
        changes(MANAGEMENT + "NATDetected", nat ? "1" : "0");
        changes(MANAGEMENT + "UDPConnectionRequestAddress", address);
    }

    /** Somebody called it: it comes as soon as it can, and says why. */
    void rung() {
        reach.ring();
    }

    /** Whether it is restarting, and so hears nothing. */
    boolean isOff() {
        return reach.isOff();
    }

    void off(boolean now) {
        reach.off(now);
    }

    private void valueChanged(String path) {
        news.valueChanged(path);
    }

    /** It reports this event at its next visit; each but an M event once. */
    public synchronized void happens(Event event) {
        news.happens(event);
    }

    /** Instead of a factory phone's first events it reports these. */
    public synchronized void startsWith(List<Event> events) {
        news.startsWith(events);
    }

    /** It answers calls of this method with a fault. */
    public synchronized void refuses(AcsMethod method, int faultCode) {
        refusedMethods.put(method, faultCode);
    }

    /** It refuses to set this parameter, with this fault. */
    public synchronized void refusesParameter(String path, int faultCode) {
        refusedParameters.put(path, faultCode);
    }

    /** The newest version of CWMP that it knows, from now on; 1.2 unless it is told. */
    public synchronized void speaks(CwmpVersion newest) {
        version = newest;
    }

    synchronized CwmpVersion version() {
        return version;
    }

    /** What it does wrong from now on. */
    public synchronized void misbehaves(Misbehaviour... wrong) {
        misbehaviours.clear();
        misbehaviours.addAll(List.of(wrong));
        hangBell();
    }

    /** What it does wrong; empty for a phone that behaves. */
    synchronized List<Misbehaviour> misbehaviours() {
        return List.copyOf(misbehaviours);
    }

    /** How often it has done what it was asked. */
    public synchronized int executions(AcsMethod method) {
        return executions.getOrDefault(method, 0);
    }

    /** How long it is away after the session that has just ended (a restart); nothing where it is not. */
    public synchronized Optional<Duration> takeAbsence() {
        Optional<Duration> gone = away;
        away = Optional.empty();
        return gone;
    }

    /** Whether it has something to report by itself. */
    public synchronized boolean hasNews() {
        return reach.isRung() || !news.isEmpty();
    }

    boolean isInSession() {
        return inSession;
    }

    /** When it comes by itself after this moment, or has something to do; nothing where it has not and was told not to come. */
    public synchronized Optional<Duration> untilNext(Instant now) {
        Optional<Duration> periodic = untilPeriodic(now);
        Optional<Duration> due = agenda.next(now);
        return due.isPresent()
                        && periodic.filter(wait -> wait.compareTo(due.get()) <= 0)
                                .isEmpty()
                ? due
                : periodic;
    }

    /** Does what has become due: a file is fetched, an Inform is wanted. */
    public synchronized void catchesUp(Instant now) {
        agenda.work(now);
    }

    /** When it comes by itself after this moment; nothing where it was told not to. */
    public synchronized Optional<Duration> untilPeriodic(Instant now) {
        return PeriodicInform.until(values, now);
    }

    /** Sessions in a row that failed. */
    public synchronized int failures() {
        return retryCount;
    }

    /** One whole session, with these events beside those that wait to be reported. */
    public synchronized SessionLog session(Event... extra) {
        inSession = true;
        try {
            catchesUp(Instant.now());
            for (Event event : extra) {
                happens(event);
            }
            if (reach.takeRing()) {
                happens(Event.of(EventCode.CONNECTION_REQUEST));
            }
            SessionLog log = new PhoneSession(this, URI.create(values.value(MANAGEMENT + "URL"))).run();
            retryCount = log.completed() ? 0 : retryCount + 1;
            if (!log.completed()) {
                news.sessionFailed();
            }
            List<Runnable> then = List.copyOf(afterSession);
            afterSession.clear();
            then.forEach(Runnable::run);
            catchesUp(Instant.now());
            return log;
        } finally {
            hangBell();
            inSession = false;
        }
    }

    /** The Inform it would send now. */
    synchronized CpeRequest.Inform inform(Instant now) {
        // a change with passive notification is no reason to come, but is told when the phone comes (3.7.1.5)
        if (!news.changedValues().isEmpty()) {
            happens(Event.of(EventCode.VALUE_CHANGE));
        }
        List<ParameterValue> parameters = new ArrayList<>();
        Set<String> paths = new LinkedHashSet<>(ALWAYS);
        paths.addAll(news.changedValues());
        paths.forEach(path -> values.read(path).ifPresent(parameters::add));
        return new CpeRequest.Inform(
                id(), "Cisco Systems, Inc.", news.events(), 1, CwmpTime.of(now), retryCount, parameters);
    }

    /** The server has acknowledged this Inform. */
    synchronized void acknowledged(CpeRequest.Inform inform) {
        news.acknowledged(inform);
    }

    synchronized List<CpeRequest> reports() {
        return news.calls();
    }

    synchronized void delivered(CpeRequest call) {
        news.delivered(call);
        transfers.reported(call);
    }

    // what PhoneAnswers works on, under the lock of session()

    PhoneValues values() {
        return values;
    }

    Map<String, Integer> notifications() {
        return news.notifications();
    }

    Optional<Integer> refusal(AcsMethod method) {
        return Optional.ofNullable(refusedMethods.get(method));
    }

    Optional<Integer> refusal(String path) {
        return Optional.ofNullable(refusedParameters.get(path));
    }

    void executed(AcsMethod method) {
        executions.merge(method, 1, Integer::sum);
    }

    /** After this session, behind what is to be done already: away for as long as a restart takes, then {@code 1 BOOT} and these. */
    void restarts(Event... with) {
        afterSession.add(() -> {
            values.boots();
            news.restarts();
            for (Event event : with) {
                happens(event);
            }
            away = Optional.of(Duration.ofSeconds(1));
        });
    }

    void resetsToFactory() {
        afterSession.add(() -> {
            factory();
            away = Optional.of(Duration.ofSeconds(1));
        });
    }

    /** It was given another server: nothing that happened before is of interest to that one. */
    void movesToAnotherServer() {
        afterSession.add(news::movesToAnotherServer);
    }

    /** It does this after a while, but never before the session that is open has ended. */
    void later(Duration wait, Runnable work) {
        agenda.in(wait, work);
    }

    /** It makes this call in its next session, which it opens with these events. */
    public synchronized void tells(CpeRequest call, Event... events) {
        news.tells(call, List.of(events));
    }

    Transfers transfers() {
        return transfers;
    }

    SoftwareModules modules() {
        return modules;
    }

    Set<String> options() {
        return options;
    }

    void enables(String option) {
        options.add(option);
    }

    /** What it sends when it is asked for a file of this type: its log, or what is set on it. */
    PhoneDisk.Kept file(String fileType) {
        return disk.file(fileType).orElseGet(() -> PhoneDisk.Kept.of(values.usualFile(fileType, id().toString())));
    }

    /** From now on it shows this certificate. */
    void shows(PhoneIdentity other) {
        identity = other;
    }

    PhoneIdentity identity() {
        return identity;
    }

    /** Its files. */
    public PhoneDisk disk() {
        return disk;
    }

    void upgraded(String version) {
        values.set("Device.DeviceInfo.SoftwareVersion", version);
        values.boots();
        happens(Event.of(EventCode.BOOT));
        valueChanged("Device.DeviceInfo.SoftwareVersion");
        away = Optional.of(Duration.ofSeconds(1));
    }
}
