package carillon.rpc.batch;

import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeResponse;
import carillon.db.Effect;
import carillon.db.ModelFact;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An RPC that takes many requests, as far as it has come. Each answer makes a new value; what came is kept in it until it
 * is saved, together with how far the RPC has come, so that nothing is both saved and asked again.
 */
public sealed interface Work permits ReadWork, SetWork, CheckedSet, AttributeWork, WalkWork {
    /** What to ask now; empty when all was asked. */
    Optional<AcsRequest> request();

    /** The phone answered the request. */
    Work answered(CpeResponse answer, Batching batching);

    /** The phone refused the request. */
    Work refused(Fault fault);

    /** Why it failed as a whole, if it did. */
    Optional<Fault> failure();

    /** What came and is not saved yet, to be written. */
    List<Effect> fresh(Instant now);

    /** How many parameters are not saved yet. */
    int unsaved();

    /** How far it has come, to be replaced each time it is saved: JSON. */
    String head();

    /** What is added to what was saved before: JSON, or nothing. */
    Optional<Effect.Part> part();

    /** All of it was saved. */
    Work saved();

    /** Whether it was ever saved. */
    boolean wasSaved();

    /** How far it has come, for people. */
    String told();

    /** The result, once all was asked: JSON in the shape of the REST API. */
    String result();

    /** Names that the phone said it does not have. */
    List<String> unknown();

    /** What the phone taught us about its model. */
    List<ModelFact> learned(Instant now);

    /** What the model was held to refuse and did not. */
    List<ModelFact> refuted();
}
