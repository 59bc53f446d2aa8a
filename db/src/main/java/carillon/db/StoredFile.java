package carillon.db;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a file; its bytes lie beside the database under their hash.
 *
 * @param id 26 characters of Crockford base32
 * @param name unique within the tenant
 * @param type as CWMP names file types, such as {@code 1 Firmware Upgrade Image}
 * @param version of what is in it, empty where nobody said
 * @param models product classes it is for; none means all
 * @param octets its length
 * @param sha256 of its bytes, 64 hexadecimal digits
 * @param secrets whether it may hold secrets, which keeps it off roads without TLS
 * @param offered whether a phone that asks for a file of this type gets it
 * @param open whether everybody may fetch it by its name, without a word about who he is
 * @param deviceKey the phone that sent it, where a phone did
 * @param rpcId the Upload that it came with, empty otherwise
 * @param createdBy who brought it
 */
public record StoredFile(
        String id,
        String tenant,
        String site,
        String name,
        String type,
        String version,
        List<String> models,
        long octets,
        String sha256,
        Origin origin,
        boolean secrets,
        boolean offered,
        boolean open,
        Optional<Long> deviceKey,
        String rpcId,
        String createdBy,
        Instant createdAt) {
    public StoredFile {
        models = List.copyOf(models);
    }

    /** Who brought a file. */
    public enum Origin {
        OPERATOR,
        PHONE
    }

    /** The same file with what a person says of it. */
    public StoredFile described(String newType, String newVersion, List<String> newModels) {
        return new StoredFile(
                id,
                tenant,
                site,
                name,
                newType,
                newVersion,
                newModels,
                octets,
                sha256,
                origin,
                secrets,
                offered,
                open,
                deviceKey,
                rpcId,
                createdBy,
                createdAt);
    }

    /** The same file with what a person says of who may have it. */
    public StoredFile given(boolean newSecrets, boolean newOffered, boolean newOpen) {
        return new StoredFile(
                id,
                tenant,
                site,
                name,
                type,
                version,
                models,
                octets,
                sha256,
                origin,
                newSecrets,
                newOffered,
                newOpen,
                deviceKey,
                rpcId,
                createdBy,
                createdAt);
    }
}
