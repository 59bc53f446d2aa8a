/** Starting and stopping: services in order, listeners and their ports, logging. */
package carillon.server.lifecycle;
