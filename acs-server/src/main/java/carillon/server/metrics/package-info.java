/** What machines watch: health, readiness, and numbers for Prometheus. */
package carillon.server.metrics;
