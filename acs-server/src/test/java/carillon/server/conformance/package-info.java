/** The checklist of the protocol, and the document that says which test shows which of its lines. */
package carillon.server.conformance;
