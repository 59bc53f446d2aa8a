/** Settings: read once, from flag, environment, file or default, in that order of strength. */
package carillon.server.config;
