package carillon.cwmp;

import java.util.List;

/**
 * One line of a GetParameterAttributesResponse (ParameterAttributeStruct).
 *
 * @param notification 0 off, 1 passive, 2 active, 3 to 6 the lightweight forms of 1.4
 * @param accessList who else may change it; any text, devices vary in case
 */
public record ParameterAttribute(String path, int notification, List<String> accessList) {
    public ParameterAttribute {
        accessList = List.copyOf(accessList);
    }
}
