package carillon.server.rest;

import carillon.rpc.arguments.RpcJson;
import carillon.server.access.Authenticator;
import carillon.server.events.EventStreamHandler;
import carillon.server.operator.AuthorityActions;
import carillon.server.operator.ClaimActions;
import carillon.server.operator.ConfigurationActions;
import carillon.server.operator.ConnectionActions;
import carillon.server.operator.DeviceActions;
import carillon.server.operator.FileActions;
import carillon.server.operator.FirstContactActions;
import carillon.server.operator.Guard;
import carillon.server.operator.LayerActions;
import carillon.server.operator.MappingActions;
import carillon.server.operator.ModelActions;
import carillon.server.operator.RpcActions;
import carillon.server.operator.TlsActions;
import carillon.server.operator.TokenActions;
import carillon.server.operator.UserActions;
import carillon.server.operator.WebhookActions;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.glassfish.jersey.jetty.JettyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The REST API: every resource in one list, behind one door. */
public final class Api {
    private final Handler handler;

    /** What the resources work with: the only doors for changes. */
    public record Doors(
            Guard guard,
            DeviceActions devices,
            RpcActions rpcs,
            ConnectionActions connections,
            ModelActions models,
            ClaimActions claims,
            UserActions users,
            TokenActions tokens,
            FileActions files,
            FirstContactActions contacts,
            TlsActions tls,
            AuthorityActions authority,
            WebhookActions webhooks,
            MappingActions mappings,
            LayerActions layers,
            ConfigurationActions configurations) {}

    /**
     * @param events answers with the live events; expects the caller's scope
     * @param version of the program, for the description
     */
    public Api(
            Doors doors,
            RpcJson arguments,
            RpcWaits waits,
            Authenticator authenticator,
            EventStreamHandler events,
            String version) {
        Json json = new Json();
        List<Object> resources = List.of(
                new DevicesApi(doors.devices(), json),
                new RpcsApi(doors.rpcs(), doors.devices(), waits, arguments, json),
                new ConnectionRequestsApi(doors.connections(), json),
                new LearnedApi(doors.models()),
                new HistoryApi(doors.guard(), doors.devices(), json),
                new ClaimsApi(doors.claims(), doors.devices(), json),
                new PeopleApi(doors.guard(), doors.users(), doors.tokens(), json),
                new FilesApi(doors.files(), doors.devices(), json),
                new FirstContactsApi(doors.contacts()),
                new TlsApi(doors.tls(), doors.authority(), json),
                new WebhooksApi(doors.webhooks(), json),
                new MappingsApi(doors.mappings(), json),
                new ProfilesApi(doors.layers(), json),
                new ConfigurationApi(doors.configurations()),
                new DiscoveryApi());
        Set<Class<?>> described = new LinkedHashSet<>();
        resources.forEach(resource -> described.add(resource.getClass()));

        ResourceConfig config = new ResourceConfig();
        resources.forEach(config::register);
        config.register(new DescriptionApi(described, version));
        config.register(new Problems());
        config.register(new KnownQueries());
        config.register(new JacksonJsonProvider(json.mapper()));
        config.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        config.property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        handler = new ApiDoor(
                authenticator,
                json,
                events,
                doors.files().longest(),
                ContainerFactory.createContainer(JettyHttpContainer.class, config));
    }

    /** Answers what is below {@code /api}, and leaves everything else to the next handler. */
    public Handler handler() {
        return handler;
    }
}
