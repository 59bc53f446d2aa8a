/** The REST API: {@link carillon.server.rest.Api} lists every resource. */
package carillon.server.rest;
