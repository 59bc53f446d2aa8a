/** Every message of CWMP 1.0 to 1.4 as a record, in four sealed families. */
package carillon.cwmp.message;
