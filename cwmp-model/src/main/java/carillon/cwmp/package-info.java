/** The vocabulary that a phone and a server share: identities, events, parameters, faults. No I/O, no clock. */
package carillon.cwmp;
