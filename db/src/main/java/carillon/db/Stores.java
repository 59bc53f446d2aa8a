package carillon.db;

/** All stores, bound to the transaction at hand. */
public record Stores(
        DeviceStore devices,
        ParameterStore parameters,
        EventStore events,
        RpcQueue rpcs,
        ClaimStore claims,
        SessionArchive sessions,
        UserStore users,
        AuditLog audit,
        SettingStore settings,
        ModelStore models,
        RpcProgress progress,
        ReachStore reach,
        FileStore files,
        TransferStore transfers,
        FirstContactStore contacts,
        AuthorityHolders holders,
        WebhookStore webhooks,
        MappingStore mappings,
        AssociationStore associations,
        Stock stock,
        LayerStore layers) {}
