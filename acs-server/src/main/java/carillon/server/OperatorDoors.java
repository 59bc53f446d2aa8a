package carillon.server;

import carillon.db.Database;
import carillon.rpc.arguments.RpcJson;
import carillon.rpc.enrol.TransferTokens;
import carillon.server.access.Authenticator;
import carillon.server.access.Logins;
import carillon.server.access.PasswordHash;
import carillon.server.access.WebSessions;
import carillon.server.events.EventStreamHandler;
import carillon.server.lifecycle.Service;
import carillon.server.operator.AuthorityActions;
import carillon.server.operator.ClaimActions;
import carillon.server.operator.ConfigurationActions;
import carillon.server.operator.ConnectionActions;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.DeviceWatch;
import carillon.server.operator.FileActions;
import carillon.server.operator.FirstContactActions;
import carillon.server.operator.Guard;
import carillon.server.operator.LayerActions;
import carillon.server.operator.MappingActions;
import carillon.server.operator.ModelActions;
import carillon.server.operator.RpcActions;
import carillon.server.operator.TlsActions;
import carillon.server.operator.TokenActions;
import carillon.server.operator.TransferPlans;
import carillon.server.operator.UserActions;
import carillon.server.operator.WebhookActions;
import carillon.server.rest.Api;
import carillon.server.rest.RpcWaits;
import carillon.server.tls.ClientTrust;
import carillon.server.tls.KeyStores;
import carillon.server.tls.OwnAuthorities;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What serves operators, put together.
 *
 * @param doors the only ways to change anything
 * @param waits requests that wait for the end of an RPC
 * @param services to start before the listeners
 */
record OperatorDoors(
        Api.Doors doors, Logins logins, WebSessions sessions, Api api, RpcWaits waits, List<Service> services) {
    /** Whose certificates count, and what this server shows. */
    record Certificates(ClientTrust clients, OwnAuthorities authorities, KeyStores keyStores) {}

    static OperatorDoors assemble(
            Database database,
            CwmpListener phones,
            FileListener files,
            LiveEvents live,
            PhoneCalls calls,
            Certificates certificates,
            InstantSource clock) {
        Guard guard = new Guard(database, clock);
        PasswordHash hashes = new PasswordHash();
        RpcJson arguments = new RpcJson();
        DeviceWatch watch = device -> {
            phones.devices().forget(device);
            live.feed().changed(device);
        };
        RpcActions rpcs = new RpcActions(
                guard,
                arguments,
                new TransferPlans(new TransferTokens(database.seal().credentialKey()), arguments, files.habits()),
                calls.doorbell());
        Api.Doors doors = new Api.Doors(
                guard,
                new DeviceActions(guard, watch),
                rpcs,
                new ConnectionActions(guard, calls.requests()),
                new ModelActions(guard),
                new ClaimActions(guard, watch),
                new UserActions(guard, hashes),
                new TokenActions(guard),
                new FileActions(guard, files.bytes(), clock),
                new FirstContactActions(guard),
                new TlsActions(guard, certificates.clients(), certificates.keyStores()),
                new AuthorityActions(guard, certificates.authorities(), certificates.keyStores()),
                new WebhookActions(guard, live.client()::against, live::lookAtWebhooks),
                new MappingActions(guard),
                new LayerActions(guard),
                new ConfigurationActions(guard, database.seal().credentialKey()));

        Logins logins = new Logins(database, hashes, clock);
        WebSessions sessions = new WebSessions(database, clock);
        RpcWaits waits = new RpcWaits();
        rpcs.onChange((device, rpc) -> waits.changed(device.id()));
        rpcs.onChange(live.feed()::rpc);
        phones.turns().onMovedRpcs(waits::changed);
        Api api = new Api(
                doors,
                arguments,
                waits,
                new Authenticator(logins, sessions),
                new EventStreamHandler(live.stream()),
                version());
        return new OperatorDoors(doors, logins, sessions, api, waits, List.of(waits));
    }

    private static String version() {
        return Optional.ofNullable(OperatorDoors.class.getPackage().getImplementationVersion())
                .orElse("from source");
    }
}
