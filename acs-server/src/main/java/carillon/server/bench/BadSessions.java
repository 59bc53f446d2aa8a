package carillon.server.bench;

import carillon.cwmp.DeviceId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sessions of known phones with their own credentials, in which something goes wrong after the Inform. */
final class BadSessions {
    /** More calls than a phone may make of its own accord in one session; the server ends it. */
    private static final int ENDLESS = 80;

    private static final DeviceId SOMEBODY = new DeviceId("00562B", "CP-8851-3PCC", "BAD00000002");

    private BadSessions() {}

    /** What is said in an open session, and the status of the answer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Said(byte[] body, int status) {}

    /** In the order of the report. */
    static List<BadInput.Kind> all() {
        String inform = KnownPhones.inform(SOMEBODY, 2);
        List<BadInput.Kind> all = new ArrayList<>();
        all.add(in("open session, malformed XML", inform.substring(0, inform.length() - 30), 400));
        all.add(in("open session, entities", "<!DOCTYPE e [<!ENTITY l \"lol\">]>" + inform, 400));
        all.add(in("open session, not asked for", BadInput.message(inform, "<cwmp:RebootResponse/>"), 400));
        all.add(in("open session, a fault", BadInput.message(inform, fault()), 400));
        all.add(in("open session, other identity", inform, 400));
        all.add(new BadInput.Kind("open session, body over limit", 1, BadSessions::promisesTooMuch));
        all.add(new BadInput.Kind("session left open", 1, BadSessions::leaves));
        all.add(new BadInput.Kind("session that went on", 1, (port, caller) -> goesOn(port, caller, inform)));
        all.add(new BadInput.Kind("cookie of an ended session", 1, (port, caller) -> comesBack(port, caller, inform)));
        all.add(new BadInput.Kind("somebody else's cookie", 1, (port, caller) -> steals(port, caller, inform)));
        // an idle session has three messages: so many of them count as one
        all.add(new BadInput.Kind(
                "session that never ends", ENDLESS / 3, (port, caller) -> neverEnds(port, caller, inform)));
        return all;
    }

    private static BadInput.Kind in(String name, String body, int status) {
        Said said = new Said(body.getBytes(StandardCharsets.UTF_8), status);
        return new BadInput.Kind(name, 1, (port, caller) -> {
            try (PhoneWire wire = PhoneWire.connect(port)) {
                String cookie = opens(wire, caller);
                wire.expect(said.status, wire.says(said.body, cookie, ""));
            }
        });
    }

    private static String opens(PhoneWire wire, SessionLoad.Caller caller) throws IOException {
        return wire.opens(caller, caller.inform().getBytes(StandardCharsets.UTF_8));
    }

    private static void promisesTooMuch(int port, SessionLoad.Caller caller) throws IOException {
        try (PhoneWire wire = PhoneWire.connect(port)) {
            wire.expect(413, wire.promises(999_999_999, opens(wire, caller)));
        }
    }

    private static void leaves(int port, SessionLoad.Caller caller) throws IOException {
        try (PhoneWire wire = PhoneWire.connect(port)) {
            opens(wire, caller);
        }
    }

    private static void goesOn(int port, SessionLoad.Caller caller, String inform) throws IOException {
        try (PhoneWire wire = PhoneWire.connect(port)) {
            String cookie = opens(wire, caller);
            wire.expect(204, wire.says(PhoneWire.NOTHING, cookie, ""));
            wire.expect(204, wire.says(PhoneWire.NOTHING, cookie, ""));
            wire.expect(400, wire.says(call(inform), cookie, ""));
        }
    }

    private static void comesBack(int port, SessionLoad.Caller caller, String inform) throws IOException {
        String cookie;
        try (PhoneWire wire = PhoneWire.connect(port)) {
            cookie = opens(wire, caller);
            wire.expect(204, wire.says(PhoneWire.NOTHING, cookie, ""));
        }
        try (PhoneWire wire = PhoneWire.connect(port)) {
            wire.expect(400, wire.says(call(inform), cookie, ""));
        }
    }

    /** From another address, while the phone's own session is open, which goes on. */
    private static void steals(int port, SessionLoad.Caller caller, String inform) throws IOException {
        try (PhoneWire wire = PhoneWire.connect(port)) {
            String cookie = opens(wire, caller);
            try (PhoneWire thief = PhoneWire.connect(port, InetAddress.getByName("127.0.0.2"))) {
                thief.expect(400, thief.says(call(inform), cookie, ""));
            }
            wire.expect(204, wire.says(PhoneWire.NOTHING, cookie, ""));
        }
    }

    private static void neverEnds(int port, SessionLoad.Caller caller, String inform) throws IOException {
        try (PhoneWire wire = PhoneWire.connect(port)) {
            String cookie = opens(wire, caller);
            byte[] call = call(inform);
            for (int i = 0; i < ENDLESS; i++) {
                PhoneWire.Reply reply = wire.says(call, cookie, "");
                if (reply.status() == 400) {
                    return;
                }
                wire.expect(200, reply);
            }
            throw new IOException("a session of " + ENDLESS + " calls was not ended");
        }
    }

    private static byte[] call(String inform) {
        return BadInput.message(inform, "<cwmp:GetRPCMethods/>").getBytes(StandardCharsets.UTF_8);
    }

    private static String fault() {
        return "<SOAP-ENV:Fault><faultcode>Client</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault>"
                + "<FaultCode>9002</FaultCode><FaultString>Internal error</FaultString></cwmp:Fault></detail>"
                + "</SOAP-ENV:Fault>";
    }
}
