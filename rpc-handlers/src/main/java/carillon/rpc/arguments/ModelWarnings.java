package carillon.rpc.arguments;

import carillon.cwmp.ParameterPath;
import carillon.cwmp.ParameterValue;
import carillon.cwmp.datamodel.ModelRule;
import carillon.cwmp.datamodel.NotificationMark;
import carillon.cwmp.datamodel.StandardModels;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.db.ReportedParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the standard's data models have against a request. Phones differ from them, so nothing is refused for it
 * (CWMP-194): whoever asks is told, and asks all the same or does not.
 */
public final class ModelWarnings {
    private static final int ACTIVE = 2;

    private ModelWarnings() {}

    /**
     * One of them.
     *
     * @param path of the parameter or object it is about
     * @param text a sentence without a full stop; no secrets
     */
    public record Warning(String path, String text) {}

    /** Whether there can be any about this method. */
    public static boolean concerns(AcsMethod method) {
        return switch (method) {
            case SET_PARAMETER_VALUES, SET_PARAMETER_ATTRIBUTES, ADD_OBJECT, DELETE_OBJECT -> true;
            default -> false;
        };
    }

    /**
     * All of them, in the order of the request.
     *
     * @param known what the phone itself told of a parameter; it counts for more than a model
     */
    public static List<Warning> of(AcsRequest request, Function<String, Optional<ReportedParameter>> known) {
        StandardModels models = StandardModels.all();
        List<Warning> warnings = new ArrayList<>();
        if (request instanceof AcsRequest.SetParameterValues set) {
            set.values().forEach(value -> models.complaint(value, told(value, known.apply(value.path())))
                    .ifPresent(text -> warnings.add(new Warning(value.path(), text))));
        } else if (request instanceof AcsRequest.SetParameterAttributes set) {
            for (AcsRequest.AttributeChange change : set.changes()) {
                change.notification()
                        .flatMap(level -> notification(models, change.path(), level))
                        .ifPresent(text -> warnings.add(new Warning(change.path(), text)));
            }
        } else if (request instanceof AcsRequest.AddObject add) {
            table(models, add.objectName(), add.objectName(), "added", warnings);
        } else if (request instanceof AcsRequest.DeleteObject delete) {
            String table = new ParameterPath(delete.objectName()).parent().text();
            table(models, delete.objectName(), table, "deleted", warnings);
        }
        return warnings;
    }

    private static ModelRule.Told told(ParameterValue value, Optional<ReportedParameter> known) {
        return new ModelRule.Told(
                known.flatMap(ReportedParameter::type)
                        .filter(type -> type == value.type())
                        .isPresent(),
                known.flatMap(ReportedParameter::writable).orElse(false));
    }

    /** Forced ones cannot be turned off, deniable ones may be refused, both with 9009 (CWMP-156). */
    private static Optional<String> notification(StandardModels models, String path, int level) {
        NotificationMark mark = models.notification(path).orElse(NotificationMark.ALLOWED);
        return switch (mark) {
            case ALLOWED, ON_BY_DEFAULT -> Optional.empty();
            case DENIABLE ->
                level == ACTIVE ? Optional.of("a phone may refuse active notification of it (9009)") : Optional.empty();
            case FORCED_ON ->
                level == ACTIVE
                        ? Optional.empty()
                        : Optional.of(
                                "active notification of it is always on, and a phone refuses to turn it off (9009)");
        };
    }

    private static void table(StandardModels models, String path, String table, String done, List<Warning> warnings) {
        if (models.rowsCanChange(table).filter(can -> !can).isPresent()) {
            warnings.add(new Warning(path, "rows of this table are the phone's own and cannot be " + done));
        }
    }
}
