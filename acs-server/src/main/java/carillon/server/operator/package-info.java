/** The only door for changes that people, scripts and schedules make: permission, write and audit in one transaction. */
package carillon.server.operator;
