package carillon.server.dial;

import carillon.server.config.Networks;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where this server may call by itself: an address that a device was last seen at, or into allowed networks. What is
 * permitted is an address, never a name: the name is resolved once, and what was looked at is what is dialled.
 */
public final class DialRules {
    private static final int MOST_ADDRESSES = 16;

    private final String setting;
    private final Networks allowed;
    private final boolean lab;
    private final Resolver resolver;

    /**
     * @param setting the name of the setting that allows the networks, for people
     * @param lab whether loopback, link-local and this machine's own addresses may be dialled
     */
    public DialRules(String setting, Networks allowed, boolean lab, Resolver resolver) {
        this.setting = setting;
        this.allowed = allowed;
        this.lab = lab;
        this.resolver = resolver;
    }

    /** Who knows the addresses of a name. */
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    /** What may be done. */
    public sealed interface Verdict {
        record Dial(InetAddress address) implements Verdict {}

        record Forbidden(String sentence) implements Verdict {}

        /** No name server knows the host. */
        record Unknown() implements Verdict {}
    }

    /** Decides about a host that a device reported. */
    public Verdict judge(String host, String sourceAddress) {
        return judge(host, List.of(sourceAddress));
    }

    /**
     * The same with several addresses that the device is known to be at.
     *
     * @param sourceAddresses the first is that of its last Inform
     */
    public Verdict judge(String host, List<String> sourceAddresses) {
        List<InetAddress> addresses;
        try {
            addresses = resolver.resolve(host);
        } catch (UnknownHostException unknown) {
            return new Verdict.Unknown();
        }
        List<InetAddress> sources = sourceAddresses.stream()
                .map(DialRules::literal)
                .flatMap(Optional::stream)
                .toList();
        String reason = "the host '" + host + "' has no address";
        for (InetAddress address : addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()))) {
            Optional<String> against = against(address, sources);
            if (against.isEmpty()) {
                return new Verdict.Dial(address);
            }
            reason = against.get();
        }
        return new Verdict.Forbidden(reason);
    }

    private Optional<String> against(InetAddress address, List<InetAddress> sources) {
        String shown = address.getHostAddress();
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return Optional.of(shown + " is nobody's address");
        }
        if (!lab && (address.isLoopbackAddress() || address.isLinkLocalAddress() || isOurs(address))) {
            return Optional.of(shown + " is a loopback, link-local or own address of this server; only with lab=true"
                    + " are such addresses called");
        }
        boolean cameFromThere = sources.contains(address)
                || (address.isLoopbackAddress() && sources.stream().anyMatch(InetAddress::isLoopbackAddress));
        if (cameFromThere || allowed.contain(address)) {
            return Optional.empty();
        }
        return Optional.of(firstOf(sources)
                .map(from -> shown + " is neither where its last Inform came from (" + from + ") nor within " + setting)
                .orElse(shown + " is not within " + setting));
    }

    private static Optional<String> firstOf(List<InetAddress> sources) {
        return sources.stream().findFirst().map(InetAddress::getHostAddress);
    }

    /** Other services of this machine trust callers from here. */
    private static boolean isOurs(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }

    private static Optional<InetAddress> literal(String text) {
        int zone = text.indexOf('%');
        try {
            return Optional.of(Networks.Network.parse(zone < 0 ? text : text.substring(0, zone))
                    .base());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
