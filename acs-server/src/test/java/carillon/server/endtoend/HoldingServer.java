package carillon.server.endtoend;

import carillon.cwmp.DeviceId;
import carillon.cwmp.message.CwmpMessage;
import carillon.server.CarillonServer;
import carillon.server.config.ConfigReader;
import carillon.server.config.ConfigSources;
import carillon.server.config.ServerConfig;
import carillon.server.cwmp.TurnGate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The real server in a process of its own, with a gate that keeps messages where a test says, so that the test can kill
 * the process while they are there. A line {@code MOMENT MESSAGE DEVICE} on the standard input sets the gate and is
 * repeated on the standard output as {@code set LINE}; {@code held LINE} follows when the message is there. It ends with
 * its input.
 */
final class HoldingServer implements TurnGate {
    private final Set<String> kept = ConcurrentHashMap.newKeySet();

    /** As {@code carillon serve}, with {@code --setting=value} for each setting. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> flags = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            flags.put(argument.substring("--".length(), equals), argument.substring(equals + 1));
        }
        ConfigReader reader = new ConfigReader(ConfigSources.of(flags, System.getenv()));
        ServerConfig config = ServerConfig.from(reader);
        reader.finish();
        HoldingServer gate = new HoldingServer();
        try (CarillonServer server = new CarillonServer(config, InstantSource.system(), gate)) {
            server.welcome(false);
            server.start();
            gate.listen();
        }
    }

    /** How a test says what to hold. */
    static String line(Moment moment, String message, DeviceId device) {
        return moment + " " + message + " " + device.encoded();
    }

    private void listen() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            kept.add(line);
            System.out.println("set " + line);
        }
    }

    @Override
    public void pass(Moment moment, DeviceId device, CwmpMessage message, Runnable onward) {
        String line = line(moment, message.name(), device);
        if (kept.contains(line)) {
            System.out.println("held " + line);
        } else {
            onward.run();
        }
    }
}
