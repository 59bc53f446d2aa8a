/** What the owner of the data directory does at the shell: users, tokens, backup, also while the server runs. */
package carillon.server.admin;
