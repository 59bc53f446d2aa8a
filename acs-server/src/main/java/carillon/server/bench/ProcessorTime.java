package carillon.server.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * The processor time another Java process has used so far, in nanoseconds: all of it, and where Linux tells, by what its
 * threads are for.
 *
 * @param total of all threads, also of those that have ended
 * @param byGroup of the threads that live; empty where the system does not tell
 */
record ProcessorTime(long total, Map<Group, Long> byGroup) {
    ProcessorTime {
        byGroup = Map.copyOf(byGroup);
    }

    /** What a thread is for, by its name; the system cuts names to fifteen characters. */
    enum Group {
        WORK("cwmp-work.*"),
        HTTP("cwmp-.*|qtp.*"),
        COMMIT("group-commit.*"),
        ANSWERS("group-answers.*"),
        ARCHIVE("session-archive.*"),
        H2("MVStore.*|H2.*"),
        COLLECTOR("GC Thread.*|G1 .*|VM Thread.*"),
        COMPILER("C[12] .*|Sweeper.*"),
        REST(".*");

        private final Pattern names;

        Group(String names) {
            this.names = Pattern.compile(names);
        }

        static Group of(String thread) {
            return Arrays.stream(values())
                    .filter(group -> group.names.matcher(thread).matches())
                    .findFirst()
                    .orElse(REST);
        }
    }

    static ProcessorTime of(ProcessHandle process) throws IOException {
        long total = process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IOException("this system does not tell a process's processor time"))
                .toNanos();
        Map<Group, Long> byGroup = new EnumMap<>(Group.class);
        Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        if (Files.isDirectory(tasks)) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
                for (Path thread : threads) {
                    nanos(thread).ifPresent(nanos -> byGroup.merge(Group.of(name(thread)), nanos, Long::sum));
                }
            }
        }
        return new ProcessorTime(total, byGroup);
    }

    private static Optional<Long> nanos(Path thread) throws IOException {
        try {
            return Optional.of(
                    Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]));
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    /** What was used since. */
    ProcessorTime since(ProcessorTime before) {
        Map<Group, Long> used = new EnumMap<>(Group.class);
        byGroup.forEach((group, nanos) -> used.put(group, nanos - before.byGroup.getOrDefault(group, 0L)));
        return new ProcessorTime(total - before.total, used);
    }

    /** Microseconds of all threads, for one of so many sessions. */
    double micros(int sessions) {
        return total / 1000.0 / sessions;
    }

    /** The part of one group in the whole, 0 to 1. */
    double share(Group group) {
        return byGroup.getOrDefault(group, 0L) / (double) Math.max(1, total);
    }

    /** Microseconds by group for one of so many sessions, for people. */
    String text(int sessions) {
        StringJoiner text = new StringJoiner(", ");
        new EnumMap<>(byGroup.isEmpty() ? Map.of(Group.REST, total) : byGroup).forEach((group, nanos) -> {
            long micros = Math.round(nanos / 1000.0 / sessions);
            if (micros > 0) {
                text.add(group.name().toLowerCase(Locale.ROOT) + " " + micros);
            }
        });
        return text.toString();
    }
}
