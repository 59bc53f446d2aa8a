package carillon.phones;

import java.util.function.UnaryOperator;

/** What phones do about connection requests. A server that does not call sees none of these. */
@SuppressWarnings("ImmutableEnumChecker") // a manner keeps nothing
public enum CallOddity implements Misbehaviour {
    CALL_WITHOUT_QOP(
            "Q-59: a challenge without qop",
            answer -> answer.withChallenge("WWW-Authenticate: Digest realm=\"phone\", nonce=\"7c1b2f9d0a\"\r\n")),
    CALL_CLOSED("Q-59: closes the connection behind its challenge", CallAnswer::closing),
    CALL_FOLDED(
            "a challenge folded over several header lines",
            answer -> answer.withChallenge(
                    "WWW-Authenticate: Digest realm=\"phone\",\r\n qop=\"auth\",\r\n\tnonce=\"7c1b2f9d0a\"\r\n")),
    CALL_REALM_ODD(
            "Q-59: a realm with odd characters",
            answer -> answer.withChallenge("WWW-Authenticate: Digest nonce=\"7c1b2f9d0a\",qop=\"auth,auth-int\","
                    + "realm=\"IP Phone; 8851 = a, b & <c>\", algorithm=MD5\r\n")),
    CALL_UNGUARDED("200 without asking for credentials", answer -> new CallAnswer(200, "", true, true)),
    CALL_204("Q-60: 204 in place of 200", answer -> answer.coming(204)),
    CALL_BUSY("Q-60: 503, and comes all the same", answer -> answer.coming(503)),
    CALL_SILENT("Q-60: no answer, and comes all the same", answer -> answer.coming(0)),
    CALL_NOT_FOUND("Q-60: 404, and does not come", answer -> CallAnswer.staying(404));

    private final Trait trait;

    CallOddity(String wire, UnaryOperator<CallAnswer> change) {
        this.trait = new Trait(wire, Prediction.UNDERSTOOD, new Manner() {
            @Override
            public CallAnswer called(CallAnswer right) {
                return change.apply(right);
            }
        });
    }

    @Override
    public Trait trait() {
        return trait;
    }
}
