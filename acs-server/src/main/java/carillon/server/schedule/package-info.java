/** What happens by the clock: coarse jobs only, never one per device. */
package carillon.server.schedule;
