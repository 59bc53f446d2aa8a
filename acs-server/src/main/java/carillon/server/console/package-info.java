/** The operators' console: pages rendered on the server, kept alive by events. */
package carillon.server.console;
