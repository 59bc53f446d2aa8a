package carillon.cwmp.codec;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.DeviceId;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.ParameterInfo;
import carillon.cwmp.ParameterType;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.cwmp.message.CwmpMessage;
import carillon.cwmp.message.Envelope;
import carillon.cwmp.message.WireStyle;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Measures what reading costs beside the bare parser; for {@code carillon bench} and JMH. Use it from one thread. */
public final class CodecTrial {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final EnvelopeReader reader = new EnvelopeReader(CodecLimits.DEFAULT, EnvelopeReader.Peer.CPE);
    private final byte[] body;
    private long kept;

    private CodecTrial(CwmpMessage message) {
        this.body = new EnvelopeWriter().write(Envelope.of(Optional.of("1"), WireStyle.DEFAULT, message));
    }

    /** With an Inform of this many parameters. */
    public static CodecTrial ofInform(int parameters) {
        return new CodecTrial(new CpeRequest.Inform(
                new DeviceId("00562B", "CP-8851-3PCC", "FCH2131D4YV"),
                "Cisco Systems, Inc.",
                List.of(new Event(EventCode.PERIODIC.text(), "")),
                1,
                new CwmpTime("2026-03-01T08:00:00Z"),
                0,
                parameters(parameters)));
    }

    /** With a GetParameterValuesResponse of this many parameters. */
    public static CodecTrial ofValues(int parameters) {
        return new CodecTrial(new CpeResponse.GetParameterValuesResponse(parameters(parameters)));
    }

    /** With a GetParameterNamesResponse of this many parameters. */
    public static CodecTrial ofNames(int parameters) {
        return new CodecTrial(new CpeResponse.GetParameterNamesResponse(parameters(parameters).stream()
                .map(parameter -> new ParameterInfo(parameter.path(), true))
                .toList()));
    }

    private static List<ParameterValue> parameters(int count) {
        List<ParameterValue> parameters = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parameters.add(new ParameterValue(
                    "Device.Services.VoiceService.1.VoiceProfile.1.Line." + (i / 40 + 1) + ".X_CISCO_Setting" + i % 40,
                    i % 3 == 0 ? "" + i : "value-of-parameter-" + i,
                    i % 3 == 0 ? ParameterType.UNSIGNED_INT : ParameterType.STRING));
        }
        return parameters;
    }

    /** The length of the message, in octets. */
    public int octets() {
        return body.length;
    }

    /** Processor time of one reading into a record, over this many. */
    public Duration reading(int times) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            kept += read().id().map(String::length).orElse(0);
        }
        return Duration.ofNanos((THREADS.getCurrentThreadCpuTime() - start) / times);
    }

    /** Processor time of one pass of the bare parser, over this many. */
    public Duration passing(int times) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            kept += pass();
        }
        return Duration.ofNanos((THREADS.getCurrentThreadCpuTime() - start) / times);
    }

    /**
     * What one reading allocates.
     *
     * @param allocated octets in all
     * @param retained octets of what is still there while the record is
     */
    public record Memory(long allocated, long retained) {
        /** What came and went: where it is less than the message, no second copy of it ever was. */
        public long passing() {
            return allocated - retained;
        }
    }

    /** What one reading allocates; the collector is asked to run, so nothing else should happen meanwhile. */
    public Memory memory() {
        kept += read().id().map(String::length).orElse(0);
        long before = used();
        long start = THREADS.getCurrentThreadAllocatedBytes();
        Envelope envelope = read();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - start;
        long retained = used() - before;
        kept += envelope.id().map(String::length).orElse(0);
        return new Memory(allocated, retained);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Something that depends on all that was read, so that none of it can be left out. */
    public long kept() {
        return kept;
    }

    /** One reading into a record. */
    public Envelope read() {
        try {
            return reader.read(body, body.length, null).envelope();
        } catch (MalformedEnvelopeException impossible) {
            throw new IllegalStateException("the codec does not read what it wrote", impossible);
        }
    }

    /** One pass of the bare parser; returns how many events it told. */
    public int pass() {
        try {
            return EnvelopeReader.barePass(body);
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("the codec wrote what is not well-formed", impossible);
        }
    }
}
