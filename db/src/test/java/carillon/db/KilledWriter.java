package carillon.db;

import carillon.cwmp.Event;
import carillon.cwmp.message.AcsMethod;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process that writes until it is killed, and prints one line for each write that was acknowledged. */
final class KilledWriter {
    private KilledWriter() {}

    /** The directory of the database is the only argument. */
    public static void main(String[] arguments) {
        Database database = Database.open(DatabaseFixture.h2(Path.of(arguments[0])));
        Device device = database.write(
                stores -> stores.devices().insert(DatabaseFixture.device("FCH00000001", DeviceState.APPROVED)));
        for (int thread = 0; thread < 4; thread++) {
            int number = thread;
            new Thread(() -> write(database, device, number)).start();
        }
    }

    private static void write(Database database, Device device, int thread) {
        for (int i = 0; ; i++) {
            String mark = thread + "." + i;
            if (thread == 0) {
                QueuedRpc rpc = database.write(stores -> stores.rpcs()
                        .enqueue(new NewRpc(
                                device.key(),
                                device.tenant(),
                                device.site(),
                                AcsMethod.REBOOT,
                                "{}",
                                Instant.now(),
                                Optional.empty(),
                                Optional.empty(),
                                mark,
                                false)));
                say("rpc " + rpc.id());
            } else {
                database.groupCommit()
                        .submit(
                                device.id(),
                                device.key(),
                                List.of(new Effect.EventsSeen(
                                        mark, List.of(new Event("2 PERIODIC", "")), Instant.now())))
                        .join();
                say("event " + mark);
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
