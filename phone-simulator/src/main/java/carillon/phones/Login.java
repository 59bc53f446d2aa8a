package carillon.phones;

/**
 * A phone answers a challenge.
 *
 * @param header the Authorization header of a phone that behaves
 */
record Login(String challenge, String username, String password, String target, String header) {}
