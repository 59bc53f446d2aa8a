/** The command line: one class per command. */
package carillon.server.cli;
