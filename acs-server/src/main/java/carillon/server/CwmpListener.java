package carillon.server;

import carillon.cwmp.codec.CodecLimits;
import carillon.cwmp.codec.EnvelopeReader;
import carillon.db.Database;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.batch.Batching;
import carillon.rpc.engine.SessionEngine;
import carillon.rpc.enrol.Credentials;
import carillon.rpc.outbound.TransferAddresses;
import carillon.rpc.session.EnginePolicy;
import carillon.server.config.CwmpConfig;
import carillon.server.config.ServerConfig;
import carillon.server.cwmp.CpeAuthenticator;
import carillon.server.cwmp.CwmpEndpoint;
import carillon.server.cwmp.CwmpMetrics;
import carillon.server.cwmp.InformLimits;
import carillon.server.cwmp.KnownDevices;
import carillon.server.cwmp.OpenSessions;
import carillon.server.cwmp.PhoneReader;
import carillon.server.cwmp.SessionRecorder;
import carillon.server.cwmp.TurnGate;
import carillon.server.cwmp.Turns;
import carillon.server.lifecycle.Heartbeat;
import carillon.server.lifecycle.Owned;
import carillon.server.lifecycle.Service;
import carillon.server.lifecycle.Workers;
import carillon.server.metrics.Metrics;
import carillon.server.tls.ClientTrust;
import io.micrometer.core.instrument.FunctionCounter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * What answers phones, put together.
 *
 * @param endpoint the handler of the phones' listeners
 * @param recorder of finished sessions
 * @param turns tells who waits for the end of an RPC
 * @param sessions to be rung when work was queued
 * @param devices to be told when an operator changed one
 * @param credentials of devices
 * @param work does what need not be done at once
 * @param services to start before the listeners
 */
record CwmpListener(
        CwmpEndpoint endpoint,
        SessionRecorder recorder,
        Turns turns,
        OpenSessions sessions,
        KnownDevices devices,
        Credentials credentials,
        Executor work,
        List<Service> services) {
    private static final int CACHED_DEVICES = 50_000;
    private static final int WORKERS = 8;
    private static final int WAITING_WORK = 20_000;
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);

    static CwmpListener assemble(
            ServerConfig config,
            Database database,
            TransferAddresses addresses,
            ClientTrust clients,
            Metrics metrics,
            InstantSource clock,
            TurnGate gate) {
        CwmpConfig cwmp = config.cwmp();
        Credentials credentials = new Credentials(database.seal().credentialKey());
        EnginePolicy policy = new EnginePolicy(
                config.trust().mode(),
                cwmp.informInterval(),
                cwmp.sessionIdle(),
                cwmp.sessionRpcs(),
                cwmp.sessionLength(),
                config.trust().cleartextSecrets(),
                cwmp.patience(),
                Set.copyOf(config.trust().kickedHosts()),
                new Batching(cwmp.readNames(), cwmp.setValues(), Batching.DEFAULT.answerOctets(), cwmp.readSlice()),
                cwmp.repeats());
        SessionEngine engine = new SessionEngine(policy, credentials, new RpcJson(), addresses);

        Workers workers = new Workers("cwmp-work", WORKERS, WAITING_WORK);
        SessionRecorder recorder = new SessionRecorder(database);
        OpenSessions sessions = new OpenSessions(cwmp.sessionLimit(), recorder);
        KnownDevices devices = new KnownDevices(database, workers, CACHED_DEVICES);
        CwmpMetrics counters = new CwmpMetrics(metrics.registry());
        InformLimits informLimits = new InformLimits(cwmp.informsPerDevice(), cwmp.callsPerSource());
        Turns turns = new Turns(
                new Turns.Parts(
                        engine,
                        database.groupCommit(),
                        devices,
                        sessions,
                        new CpeAuthenticator(config.trust().mode(), config.login(), credentials, clients),
                        informLimits,
                        config.redirect(),
                        cwmp.answerLimit(),
                        counters,
                        gate),
                clock);
        PhoneReader reader =
                new PhoneReader(new EnvelopeReader(limits(cwmp), EnvelopeReader.Peer.CPE), config.envelopes());
        CwmpEndpoint endpoint = new CwmpEndpoint(reader, turns, informLimits, counters, clock, cwmp.bodyLimit());

        metrics.gauge("carillon_cwmp_sessions_open", "Sessions of phones that are open.", sessions::size);
        for (boolean well : new boolean[] {true, false}) {
            FunctionCounter.builder("carillon.cwmp.sessions", sessions, each -> each.ended(well))
                    .tag("ended", well ? "well" : "badly")
                    .register(metrics.registry());
        }
        FunctionCounter.builder(CwmpMetrics.ERRORS, sessions, OpenSessions::abandoned)
                .tag("reason", "abandoned")
                .register(metrics.registry());
        metrics.gauge("carillon_cwmp_sessions_unarchived", "Sessions left out of the archive.", recorder::dropped);
        metrics.gauge("carillon_cwmp_work_waiting", "Work of phones that waits for a thread.", workers::waiting);
        return new CwmpListener(
                endpoint,
                recorder,
                turns,
                sessions,
                devices,
                credentials,
                workers,
                List.of(
                        new Owned("session-archive", recorder),
                        workers,
                        new Heartbeat("session-sweeper", SWEEP_EVERY, () -> sessions.sweep(clock.instant()))));
    }

    private static CodecLimits limits(CwmpConfig cwmp) {
        CodecLimits usual = CodecLimits.DEFAULT;
        return new CodecLimits(cwmp.bodyLimit(), usual.depth(), usual.listEntries(), usual.textLength());
    }
}
