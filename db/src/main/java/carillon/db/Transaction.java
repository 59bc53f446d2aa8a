package carillon.db;

/** The stores as one transaction has them, and its statements. */
record Transaction(Stores stores, Sql sql) {
    static Transaction on(
            Sql sql, Seal seal, ParameterShape.Recent shapes, ModelStore.Recent models, Chain.Numbers numbers) {
        return new Transaction(
                new Stores(
                        new DeviceStore(sql, numbers),
                        new ParameterStore(sql, seal, shapes),
                        new EventStore(sql, numbers),
                        new RpcQueue(sql, seal),
                        new ClaimStore(sql, numbers),
                        new SessionArchive(sql, seal, numbers),
                        new UserStore(sql),
                        new AuditLog(sql),
                        new SettingStore(sql),
                        new ModelStore(sql, models),
                        new RpcProgress(sql, seal),
                        new ReachStore(sql),
                        new FileStore(sql),
                        new TransferStore(sql),
                        new FirstContactStore(sql),
                        new AuthorityHolders(sql),
                        new WebhookStore(sql, seal),
                        new MappingStore(sql),
                        new AssociationStore(sql),
                        new Stock(sql),
                        new LayerStore(sql, seal)),
                sql);
    }
}
