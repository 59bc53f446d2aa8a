/** Envelopes to bytes and back: strict first, then forgiving. */
package carillon.cwmp.codec;
