/** Who is asking, and what they may: roles, passwords, tokens, sessions of browsers. */
package carillon.server.access;
