/** Files: their bytes, and the listener at which phones fetch and leave them. */
package carillon.server.files;
