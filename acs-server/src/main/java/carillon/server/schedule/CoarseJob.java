package carillon.server.schedule;

import java.time.Duration;

/**
 * Something that is done again and again; in a cluster by one node at a time.
 *
 * @param name also its key in the scheduler's tables
 * @param work throws unchecked where it failed; it is then tried again at its next time
 */
public record CoarseJob(String name, Duration every, Runnable work) {}
