package carillon.rpc.batch;

import carillon.cwmp.Fault;
import carillon.cwmp.FaultCode;
import carillon.db.ModelFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reading of many names in groups. Of a group that fails for one name of it, a half is asked, and of what is left a
 * half again, until the name is found: about log2 of the group's size. A group that is too large for the phone makes all
 * that follow smaller.
 *
 * @param batch how many names a request may hold now
 * @param first how many it could hold when it began
 * @param suspects names of which one at least is wrong
 * @param spare names that were asked with wrong ones and are to be asked again
 * @param taken how many of the names were asked at least once
 * @param refused names that the phone refused, one by one; the first thousand
 * @param refusals how many those were
 * @param goodBatch the largest group that was answered since the phone complained about size; 0 where it never did, -1
 *     where one name alone made it complain
 */
public record Reading(
        int batch,
        int first,
        List<String> suspects,
        List<String> spare,
        int taken,
        List<Fault.ParameterFault> refused,
        int refusals,
        int goodBatch) {
    private static final int MOST_REFUSED = 1_000;

    /** A name of its own that makes the phone stumble says nothing about how much the phone can take. */
    private static final int STUMBLES = -1;

    public Reading {
        suspects = List.copyOf(suspects);
        spare = List.copyOf(spare);
        refused = List.copyOf(refused);
    }

    /** Nothing was asked yet. */
    public static Reading of(int batch) {
        return new Reading(batch, batch, List.of(), List.of(), 0, List.of(), 0, 0);
    }

    /** The group to ask for now; empty when all names were. */
    List<String> group(Chunks<String> names) {
        if (!suspects.isEmpty()) {
            return suspects.subList(0, Math.min(batch, Math.max(1, suspects.size() / 2)));
        }
        return spare.isEmpty()
                ? names.slice(taken, Math.min(names.size(), taken + batch))
                : spare.subList(0, Math.min(batch, spare.size()));
    }

    private Reading with(List<String> nowSuspect, List<String> nowSpare, int nowTaken) {
        return new Reading(batch, first, nowSuspect, nowSpare, nowTaken, refused, refusals, goodBatch);
    }

    /** It was answered, with about so many octets. */
    Reading answered(List<String> group, int octets, int octetLimit) {
        Reading next = without(group);
        int fits = octets > octetLimit
                ? (int) Math.max(1, Math.min(batch, (long) group.size() * octetLimit / octets))
                : batch;
        int good = goodBatch > 0 ? Math.max(goodBatch, group.size()) : goodBatch;
        return new Reading(fits, first, next.suspects, next.spare, next.taken, refused, refusals, good);
    }

    private Reading without(List<String> group) {
        if (!suspects.isEmpty()) {
            return with(rest(suspects, group), spare, taken);
        }
        return spare.isEmpty()
                ? with(suspects, spare, taken + group.size())
                : with(suspects, rest(spare, group), taken);
    }

    private static List<String> rest(List<String> all, List<String> group) {
        return all.subList(group.size(), all.size());
    }

    /** It was refused: some name of it is wrong, or it is too long. */
    Reading refused(List<String> group, Fault fault) {
        if (group.size() > 1 && isAboutSize(fault)) {
            int half = (group.size() + 1) / 2;
            return new Reading(
                    half, first, suspects, spare, taken, refused, refusals, goodBatch == STUMBLES ? STUMBLES : 1);
        }
        List<String> others = suspects.isEmpty() ? List.of() : rest(suspects, group);
        Reading next = suspects.isEmpty() ? without(group) : with(List.of(), joined(others, spare), taken);
        return group.size() > 1 && isAboutNames(fault)
                ? next.with(group, next.spare, next.taken)
                : next.blamed(group, fault);
    }

    /** The next names to go into one request again come first. */
    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private Reading blamed(List<String> group, Fault fault) {
        List<Fault.ParameterFault> all = new ArrayList<>(refused);
        for (String name : group) {
            if (all.size() < MOST_REFUSED) {
                all.add(new Fault.ParameterFault(name, fault.code(), fault.text()));
            }
        }
        boolean stumbles = isAboutSize(fault);
        return new Reading(
                stumbles ? first : batch,
                first,
                suspects,
                spare,
                taken,
                all,
                refusals + group.size(),
                stumbles ? STUMBLES : goodBatch);
    }

    private static boolean isAboutSize(Fault fault) {
        return fault.code() == FaultCode.INTERNAL_ERROR.number()
                || fault.code() == FaultCode.RESOURCES_EXCEEDED.number();
    }

    static boolean isAboutNames(Fault fault) {
        return fault.code() == FaultCode.INVALID_PARAMETER_NAME.number()
                || fault.code() == FaultCode.INVALID_ARGUMENTS.number();
    }

    /** These are known to be refused and are not asked. */
    Reading skipping(List<Fault.ParameterFault> known) {
        if (known.isEmpty()) {
            return this;
        }
        List<Fault.ParameterFault> all = new ArrayList<>(refused);
        all.addAll(known.subList(0, Math.min(known.size(), Math.max(0, MOST_REFUSED - all.size()))));
        return new Reading(batch, first, suspects, spare, taken, all, refusals + known.size(), goodBatch);
    }

    /** How much the phone can take, where it complained about more and took this. */
    Optional<ModelFact> learned(Instant now) {
        return goodBatch > 0 && goodBatch < first
                ? Optional.of(new ModelFact(ModelFact.Kind.BATCH, "", goodBatch, now))
                : Optional.empty();
    }
}
