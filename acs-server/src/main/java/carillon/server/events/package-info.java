/** What happens, told live to those who watch: server-sent events. */
package carillon.server.events;
