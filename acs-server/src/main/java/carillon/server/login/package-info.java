/** How phones show that they know a password: HTTP's Digest and Basic, asked for and judged. */
package carillon.server.login;
