package carillon.server.lifecycle;

import carillon.server.config.ListenersConfig.Door;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code DATA/ports.json}: which listener got which port, so that scripts find them. */
public final class PortsFile implements Service {
    private final Path file;
    private final Supplier<List<Door>> open;

    /** @param open the doors that are open, with the ports that they got */
    public PortsFile(Path dataDirectory, Supplier<List<Door>> open) {
        this.file = dataDirectory.resolve("ports.json");
        this.open = open;
    }

    @Override
    public String name() {
        return "ports.json";
    }

    /** Writes the file in one step, so that nobody reads half of it. */
    @Override
    public void start() throws IOException {
        Map<String, Integer> ports = new TreeMap<>();
        for (Door door : open.get()) {
            ports.put(door.name(), door.port());
        }
        Path written = file.resolveSibling("ports.json.new");
        Files.writeString(written, new ObjectMapper().writeValueAsString(ports) + "\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes it: the ports are no longer ours. */
    @Override
    public void stop() throws IOException {
        Files.deleteIfExists(file);
    }
}
