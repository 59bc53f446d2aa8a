package carillon.server.connect;

import carillon.db.Device;
import carillon.server.operator.CallResult;

/** One way to call phones. */
sealed interface Way permits HttpWay, UdpWay, XmppWay {
    CallResult.Kind kind();

    /** Calls an approved device; may take as long as the timeout, and tells trouble as an answer. */
    Answer ask(Device device);
}
