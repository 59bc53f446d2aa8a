/** Where the objects of the server are put together. */
package carillon.server;
