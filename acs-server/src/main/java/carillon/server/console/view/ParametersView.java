package carillon.server.console.view;

import carillon.cwmp.ParameterType;
import carillon.cwmp.SecretPaths;
import carillon.db.ReportedParameter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a phone reported, one level of the tree or what a text was found in.
 *
 * @param path the object that is shown, ending with a dot; empty for the roots
 * @param sought the text that was looked for, empty for none
 * @param known how many parameters are known at all
 * @param left how many fitting ones are not shown
 */
public record ParametersView(
        String path, String sought, List<ReportedParameter> rows, long known, long left, Trail trail) {
    public ParametersView {
        rows = List.copyOf(rows);
    }

    /** A step of the way to the shown object. */
    public record Crumb(String name, String path) {}

    /** The way to the shown object. */
    public List<Crumb> crumbs() {
        List<Crumb> crumbs = new ArrayList<>();
        int from = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
            crumbs.add(new Crumb(path.substring(from, dot), path.substring(0, dot + 1)));
            from = dot + 1;
        }
        return crumbs;
    }

    /** What of a name is shown: all of it for one that was found, else what is below the shown object. */
    public String name(ReportedParameter row) {
        return sought.isEmpty() ? row.path().substring(path.length()) : row.path();
    }

    /** The value for people's eyes: secrets are masked. */
    public String value(ReportedParameter row) {
        String value = row.value().orElse("");
        return SecretPaths.isSecret(row.path()) && !value.isEmpty() ? SecretPaths.MASK : value;
    }

    /** Whether the phone hides the value: it reads empty, whatever it is. */
    public boolean isHidden(ReportedParameter row) {
        return row.isHidden() && row.value().filter(String::isEmpty).isPresent();
    }

    /** The value to begin an edit with: nothing for a secret. */
    public String editable(ReportedParameter row) {
        return SecretPaths.isSecret(row.path()) ? "" : row.value().orElse("");
    }

    /** The type without its prefix. */
    public String type(ReportedParameter row) {
        return row.type().map(ParameterType::localName).orElse("");
    }

    /** The object that it is part of. */
    public String objectOf(ReportedParameter row) {
        return row.path().substring(0, row.path().lastIndexOf('.') + 1);
    }

    public boolean isObject(ReportedParameter row) {
        return row.path().endsWith(".");
    }
}
