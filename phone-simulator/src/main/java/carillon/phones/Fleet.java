package carillon.phones;

import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** Many phones with few threads: each comes when it has something to say, when its interval is over, or when it is woken. */
public final class Fleet implements AutoCloseable {
    private final PhonesOptions options;
    private final List<Phone> phones = new ArrayList<>();
    private final DelayQueue<Visit> due = new DelayQueue<>();
    private final Map<Phone, Visit> next = new ConcurrentHashMap<>();
    private final List<Thread> workers = new ArrayList<>();
    private final FleetReport report = new FleetReport();
    private final ConnectionRequestListener listener;
    private final Random random = new Random(4711);
    private Optional<UdpBell> udpBell = Optional.empty();
    private volatile boolean finishing;
    private volatile boolean stopped;

    /** When a phone comes. */
    private record Visit(Phone phone, long nanos) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    public Fleet(PhonesOptions options) throws IOException {
        this.options = options;
        this.listener = new ConnectionRequestListener(phone -> comesIn(phone, Duration.ZERO));
        PhoneModel model = PhoneModel.of(options.model());
        for (int i = 0; i < options.count(); i++) {
            Phone phone =
                    new Phone(model, options.first() + i, options.acsUrl(), options.username(), options.password());
            phone.speaks(options.version());
            List<Misbehaviour> wrong = options.misbehaviours();
            if (!wrong.isEmpty() && i % 2 == 0) {
                phone.misbehaves(wrong.get(i / 2 % wrong.size()));
            }
            listener.add(phone);
            if (!options.events().isEmpty()) {
                phone.startsWith(options.events().stream()
                        .map(code -> new Event(code, ""))
                        .toList());
            }
            phones.add(phone);
        }
    }

    /** The phones. */
    public List<Phone> phones() {
        return List.copyOf(phones);
    }

    /** What has happened so far. */
    public FleetReport report() {
        return report;
    }

    /** From their start on they use the STUN server that they are given, and hear UDP connection requests. */
    public void hearsUdp() throws IOException {
        udpBell = Optional.of(new UdpBell(phones, phone -> comesIn(phone, Duration.ZERO)));
    }

    /**
     * They show this certificate to the server, PEM, with its private key in PKCS#8; to be said before the start.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong with it
     */
    public void showsCertificate(Path certificate, Path key) {
        PhoneIdentity identity = PhoneIdentity.of(certificate, key);
        phones.forEach(phone -> phone.shows(identity));
    }

    /** Switches them on. */
    public void start() {
        long spread = Math.max(1, options.spread().toMillis());
        for (int i = 0; i < phones.size(); i++) {
            comesIn(phones.get(i), Duration.ofMillis(spread * i / phones.size()));
        }
        for (int i = 0; i < options.concurrency(); i++) {
            Thread worker = new Thread(null, this::work, "phone-" + i, 512 * 1024);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        udpBell.ifPresent(UdpBell::start);
    }

    /** Runs for as long as the options say, then switches the phones off. */
    public FleetReport run() throws InterruptedException {
        start();
        if (options.duration().isZero()) {
            Thread.currentThread().join();
        }
        TimeUnit.MILLISECONDS.sleep(options.duration().toMillis());
        close();
        return report;
    }

    private void comesIn(Phone phone, Duration wait) {
        Visit visit = new Visit(phone, System.nanoTime() + wait.toNanos());
        Visit before = next.put(phone, visit);
        if (before != null) {
            due.remove(before);
        }
        due.add(visit);
    }

    private void work() {
        while (!stopped && !finishing) {
            try {
                Visit visit = due.poll(200, TimeUnit.MILLISECONDS);
                if (visit != null && next.remove(visit.phone(), visit)) {
                    visit(visit.phone());
                }
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private void visit(Phone phone) {
        phone.off(false);
        phone.catchesUp(Instant.now());
        if (!phone.hasNews()) {
            phone.happens(Event.of(EventCode.PERIODIC));
        }
        SessionLog log = phone.session();
        if (stopped) {
            return;
        }
        report.add(phone.misbehaviours(), log);
        Optional<Duration> away = phone.takeAbsence();
        if (away.isPresent()) {
            phone.off(true);
            comesIn(phone, options.bootDelay());
        } else if (!log.completed()) {
            comesIn(phone, RetrySchedule.after(phone.failures(), random.nextDouble()));
        } else if (phone.hasNews()) {
            comesIn(phone, Duration.ZERO);
        } else {
            phone.untilNext(Instant.now()).ifPresent(wait -> {
                if (!next.containsKey(phone)) {
                    comesIn(phone, wait);
                }
            });
        }
    }

    /** Begins no more sessions, lets those under way come to their end, then switches the phones off. */
    public void finish() throws InterruptedException {
        finishing = true;
        for (Thread worker : workers) {
            worker.join();
        }
        close();
    }

    @Override
    public void close() {
        stopped = true;
        workers.forEach(Thread::interrupt);
        try {
            if (udpBell.isPresent()) {
                udpBell.get().close();
            }
            listener.close();
        } catch (IOException closedAnyway) {
            // nothing hears any more
        }
    }
}
