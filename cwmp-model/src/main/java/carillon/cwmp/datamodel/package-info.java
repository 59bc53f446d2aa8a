/** What the standard's data models say of parameters: tables made from the Broadband Forum's files, and lookups in them. */
package carillon.cwmp.datamodel;
