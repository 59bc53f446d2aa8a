package carillon.server.console.view;

import java.util.Optional;

/**
 * A page before or beside the console: login, change of the password, something that went wrong.
 *
 * @param name the user's name as it was typed
 * @param back where to go next, or back to
 * @param must the password has to be changed before anything else
 */
public record EntryView(String name, String back, boolean must, Optional<String> trouble) {}
