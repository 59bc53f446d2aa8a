/** The benchmarks that the README quotes, each beside its limit and as a ratio measured in the same run. */
package carillon.server.bench;
