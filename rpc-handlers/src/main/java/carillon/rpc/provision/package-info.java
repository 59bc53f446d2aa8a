/**
 * One configuration for a phone: layers merged into what it should have, held against what it reported, and planned onto
 * the roads by which it gets there. Functions over records alone.
 */
package carillon.rpc.provision;
