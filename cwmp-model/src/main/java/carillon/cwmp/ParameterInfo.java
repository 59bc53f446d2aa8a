package carillon.cwmp;

/**
 * One line of a GetParameterNamesResponse (ParameterInfoStruct).
 *
 * @param path ends in a dot for an object
 * @param writable for a table: instances can be added; for an instance: it can be deleted
 */
public record ParameterInfo(String path, boolean writable) {}
