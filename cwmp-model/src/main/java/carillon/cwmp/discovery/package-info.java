/** How a phone learns of this server by DHCP: option bytes and what they mean, both ways. */
package carillon.cwmp.discovery;
