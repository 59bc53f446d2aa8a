package carillon.phones;

import carillon.cwmp.codec.MalformedEnvelopeException;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import java.io.IOException;
import java.util.Optional;

/**
 * The places where what a phone does can be bent. Each default is what a phone does that behaves; a manner overrides the
 * one or two that it is about. Keeps nothing: one manner serves many phones at once.
 */
interface Manner {
    /** Puts one POST on the wire and takes what comes back. */
    interface Delivery {
        HttpWire.Answer deliver(Post post, HttpWire wire) throws IOException;
    }

    /** Who is told what at that moment of a session. */
    interface Act {
        void in(PhoneSession session) throws IOException, MalformedEnvelopeException;
    }

    /** The Inform, before it is written. */
    default CpeRequest.Inform inform(CpeRequest.Inform inform) {
        return inform;
    }

    /** What the phone answers, before it is written; {@link carillon.cwmp.message.Empty} is an empty POST. */
    default CwmpMessage answer(AcsRequest request, CwmpMessage right) {
        return right;
    }

    /** The envelope as text, before it is made octets. */
    default String text(Step step, String xml) {
        return xml;
    }

    /** The octets and headers, before they leave. */
    default void post(Post post) {}

    /** How they leave; empty for as usual. */
    default Optional<Delivery> delivery(Step step) {
        return Optional.empty();
    }

    /** What it does at a moment; empty for nothing. */
    default Optional<Act> at(Moment moment) {
        return Optional.empty();
    }

    /** The Authorization header that answers a challenge; empty where the phone gives up. */
    default String login(Login right) {
        return right.header();
    }

    /** What it does about a connection request. */
    default CallAnswer called(CallAnswer right) {
        return right;
    }

    /** Whether what the server sends can be too much for the phone. */
    default boolean isPicky() {
        return false;
    }

    /** Why the phone cannot bear what the server sent; empty where it can. */
    default String complaint(String inform, String heard) {
        return "";
    }
}
