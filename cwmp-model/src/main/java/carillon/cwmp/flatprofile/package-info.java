/** Flat profiles, the configuration files of Cisco phones: what is in them, how they are packed, which one a phone fetches. */
package carillon.cwmp.flatprofile;
