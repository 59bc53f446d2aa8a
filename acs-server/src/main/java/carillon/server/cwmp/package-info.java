/** Where phones call: HTTP in, envelope out; sessions, and who is allowed to speak as which device. */
package carillon.server.cwmp;
