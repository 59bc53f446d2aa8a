/** How phones find this server: what DHCP servers have to tell them. */
package carillon.server.discovery;
