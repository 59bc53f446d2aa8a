package carillon.db;

import carillon.cwmp.ParameterAttribute;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterValue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports that wait beside a document: what is added costs what was reported, not what the device has. A device of 25,000
 * parameters is read in hundreds of answers; if each rewrote the document, that would cost the square of it.
 */
final class ParameterJournal {
    private static final int VALUES = 1;
    private static final int NAMES = 2;
    private static final int ATTRIBUTES = 3;

    /** A small document may have this many entries beside it. */
    private static final int SMALL = 500;

    /** Reading a document reads these too. */
    private static final int MOST_ROWS = 24;

    private ParameterJournal() {}

    /** Whether so much is better merged than kept beside: then the writing of a document is paid by half of its size. */
    static boolean isLong(int documentEntries, int entries, int rows) {
        return rows > MOST_ROWS || entries > Math.max(SMALL, documentEntries / 2);
    }

    /** How many parameters a report is about; -1 where it is no addition and has to be merged. */
    static int entries(List<Effect> reports) {
        int entries = 0;
        for (Effect report : reports) {
            if (report instanceof Effect.ValuesReported values) {
                entries += values.values().size();
            } else if (report instanceof Effect.NamesReported names) {
                entries += names.names().size();
            } else if (report instanceof Effect.AttributesReported attributes) {
                entries += attributes.attributes().size();
            } else {
                return -1;
            }
        }
        return entries;
    }

    /** As it is kept, packed. */
    static byte[] write(List<Effect> reports) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Effect report : reports) {
                write(out, report);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Packing.pack(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Effect report) throws IOException {
        if (report instanceof Effect.ValuesReported values) {
            head(out, VALUES, values.at(), values.values().size());
            for (ParameterValue value : values.values()) {
                text(out, value.path());
                text(out, value.value());
                out.writeByte(ParameterDocument.code(value.type()));
            }
        } else if (report instanceof Effect.NamesReported names) {
            head(out, NAMES, names.at(), names.names().size());
            for (ParameterInfo name : names.names()) {
                text(out, name.path());
                out.writeBoolean(name.writable());
            }
        } else if (report instanceof Effect.AttributesReported attributes) {
            head(out, ATTRIBUTES, attributes.at(), attributes.attributes().size());
            for (ParameterAttribute attribute : attributes.attributes()) {
                text(out, attribute.path());
                out.writeInt(attribute.notification());
            }
        }
    }

    private static void head(DataOutputStream out, int kind, Instant at, int count) throws IOException {
        out.writeByte(kind);
        out.writeLong(at.toEpochMilli());
        out.writeInt(count);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** As it was kept. */
    static List<Effect> read(byte[] content) {
        List<Effect> reports = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(Packing.unpack(content)))) {
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                reports.add(report(in, kind));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return reports;
    }

    private static Effect report(DataInputStream in, int kind) throws IOException {
        Instant at = Instant.ofEpochMilli(in.readLong());
        int count = in.readInt();
        if (kind == VALUES) {
            List<ParameterValue> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                values.add(new ParameterValue(text(in), text(in), ParameterDocument.type(in.readUnsignedByte())));
            }
            return new Effect.ValuesReported(values, at);
        }
        if (kind == NAMES) {
            List<ParameterInfo> names = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                names.add(new ParameterInfo(text(in), in.readBoolean()));
            }
            return new Effect.NamesReported(names, at);
        }
        List<ParameterAttribute> attributes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            attributes.add(new ParameterAttribute(text(in), in.readInt(), List.of()));
        }
        return new Effect.AttributesReported(attributes, at);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
