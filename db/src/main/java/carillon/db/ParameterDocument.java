package carillon.db;

import carillon.cwmp.ParameterType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a device last reported, in two halves: the shape (names and writable flags, the same for all devices of a model
 * and firmware, stored once) and the content (values, types, notifications and times, in the order of the names).
 */
final class ParameterDocument {
    private static final int FORMAT = 1;
    private static final int MOST = 100_000;
    private static final int NO_TYPE = 255;
    private static final int NO_NOTIFICATION = 255;

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

    /** The shape as long as the names are the stored ones: a changed value costs no sorting and no new shape. */
    @Nullable
    private ParameterShape shape;

    private final List<ReportedParameter> inShape = new ArrayList<>();
    private final TreeMap<String, ReportedParameter> loose = new TreeMap<>();

    /** An empty one. */
    ParameterDocument() {}

    /** As it was stored. */
    ParameterDocument(ParameterShape shape, byte[] content) {
        this.shape = shape;
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Packing.unpack(content)))) {
            in.readByte();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                inShape.add(read(in, shape.name(i)));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ReportedParameter read(DataInputStream in, ParameterShape.Name name) throws IOException {
        int type = in.readUnsignedByte();
        int notification = in.readUnsignedByte();
        Instant at = Instant.ofEpochMilli(in.readLong());
        int length = in.readInt();
        return new ReportedParameter(
                name.path(),
                length < 0 ? Optional.empty() : Optional.of(new String(in.readNBytes(length), StandardCharsets.UTF_8)),
                type == NO_TYPE ? Optional.empty() : Optional.of(TYPES.get(type)),
                name.writable(),
                notification == NO_NOTIFICATION ? Optional.empty() : Optional.of(notification),
                at);
    }

    /** All, in the order of their names. */
    Collection<ReportedParameter> all() {
        return shape == null ? loose.values() : inShape;
    }

    /** One by its name. */
    Optional<ReportedParameter> find(String path) {
        if (shape == null) {
            return Optional.ofNullable(loose.get(path));
        }
        int place = shape.place(path);
        return place < 0 ? Optional.empty() : Optional.of(inShape.get(place));
    }

    /** Adds or changes one, unless there are too many. */
    void put(ReportedParameter parameter) {
        if (shape != null) {
            int place = shape.place(parameter.path());
            if (place >= 0 && shape.name(place).writable().equals(parameter.writable())) {
                inShape.set(place, parameter);
                return;
            }
        }
        loosen();
        if (loose.size() < MOST || loose.containsKey(parameter.path())) {
            loose.put(parameter.path(), parameter);
        }
    }

    /** Forgets all at or below this path; the empty path means everything. */
    void forget(String path) {
        loosen();
        loose.subMap(path, true, path + '\uffff', true).clear();
    }

    private void loosen() {
        if (shape != null) {
            inShape.forEach(parameter -> loose.put(parameter.path(), parameter));
            inShape.clear();
            shape = null;
        }
    }

    /** The names and their writable flags. */
    ParameterShape shape() {
        return shape != null
                ? shape
                : ParameterShape.of(loose.values().stream()
                        .map(parameter -> new ParameterShape.Name(parameter.path(), parameter.writable()))
                        .toList());
    }

    /** Values, types, notifications and times, packed. */
    byte[] content() {
        Collection<ReportedParameter> parameters = all();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(parameters.size() * 24 + 16);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(parameters.size());
            for (ReportedParameter parameter : parameters) {
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

    static ParameterType type(int code) {
        return TYPES.get(code);
    }

    static int code(ParameterType type) {
        return TYPES.indexOf(type);
    }
}
