/** What the server remembers, as records, and the stores that keep them on H2 or PostgreSQL. Decides nothing. */
package carillon.db;
