/** What happens by itself in {@code carillon demo}: an operator who works as any script would, through the REST API. */
package carillon.server.demo;
