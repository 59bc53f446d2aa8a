package carillon.db;

import carillon.cwmp.ParameterType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a device last reported, in two halves: the shape (names and writable flags, the same for all devices of a model
 * and firmware, stored once) and the content (values, types, notifications and times, in the order of the names).
 */
final class ParameterDocument {
    private static final int FORMAT = 1;
    private static final int MOST = 100_000;
    private static final int NO_TYPE = 255;
    private static final int NO_NOTIFICATION = 255;

    private final TreeMap<String, ReportedParameter> parameters = new TreeMap<>();

    Map<String, ReportedParameter> parameters() {
        return parameters;
    }

    /** Adds or changes one, unless there are too many. */
    void put(ReportedParameter parameter) {
        if (parameters.size() < MOST || parameters.containsKey(parameter.path())) {
            parameters.put(parameter.path(), parameter);
        }
    }

    /** Forgets all at or below this path; the empty path means everything. */
    void forget(String path) {
        parameters.subMap(path, true, path + '\uffff', true).clear();
    }

    /** The names and their writable flags, packed. */
    byte[] shape() {
        StringBuilder names = new StringBuilder();
        for (ReportedParameter parameter : parameters.values()) {
            char writable = parameter.writable().map(may -> may ? 'w' : 'r').orElse('?');
            names.append(writable).append(parameter.path()).append('\n');
        }
        return Packing.pack(names.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The id under which a shape is shared. */
    static String idOf(byte[] shape) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(shape))
                    .substring(0, 40);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("a JDK without SHA-256", impossible);
        }
    }

    /** Values, types, notifications and times, packed. */
    byte[] content() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(parameters.size() * 24 + 16);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(parameters.size());
            for (ReportedParameter parameter : parameters.values()) {
                out.writeByte(parameter.type().map(ParameterDocument::code).orElse(NO_TYPE));
                out.writeByte(parameter.notification().orElse(NO_NOTIFICATION));
                out.writeLong(parameter.at().toEpochMilli());
                byte[] value = parameter
                        .value()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .orElse(new byte[0]);
                out.writeInt(parameter.value().isPresent() ? value.length : -1);
                out.write(value);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Packing.pack(bytes.toByteArray());
    }

    static ParameterDocument of(byte[] shape, byte[] content) {
        ParameterDocument document = new ParameterDocument();
        List<String> names = new ArrayList<>();
        new String(Packing.unpack(shape), StandardCharsets.UTF_8).lines().forEach(names::add);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Packing.unpack(content)))) {
            in.readByte();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String name = names.get(i);
                int type = in.readUnsignedByte();
                int notification = in.readUnsignedByte();
                Instant at = Instant.ofEpochMilli(in.readLong());
                int length = in.readInt();
                Optional<String> value = length < 0
                        ? Optional.empty()
                        : Optional.of(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                char writable = name.charAt(0);
                document.parameters.put(
                        name.substring(1),
                        new ReportedParameter(
                                name.substring(1),
                                value,
                                type == NO_TYPE ? Optional.empty() : Optional.of(TYPES.get(type)),
                                writable == '?' ? Optional.empty() : Optional.of(writable == 'w'),
                                notification == NO_NOTIFICATION ? Optional.empty() : Optional.of(notification),
                                at));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return document;
    }

    /** The types in the order of their numbers in stored documents: only ever added to at the end. */
    private static final List<ParameterType> TYPES = List.of(
            ParameterType.STRING,
            ParameterType.INT,
            ParameterType.UNSIGNED_INT,
            ParameterType.LONG,
            ParameterType.UNSIGNED_LONG,
            ParameterType.BOOLEAN,
            ParameterType.DATE_TIME,
            ParameterType.BASE64,
            ParameterType.HEX_BINARY,
            ParameterType.DECIMAL);

    private static int code(ParameterType type) {
        return TYPES.indexOf(type);
    }
}
