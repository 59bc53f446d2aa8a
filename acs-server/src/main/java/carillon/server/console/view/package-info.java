/** What pages show, as values; templates see nothing else. */
package carillon.server.console.view;
