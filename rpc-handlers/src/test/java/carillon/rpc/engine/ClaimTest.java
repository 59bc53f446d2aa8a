package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.CwmpTime;
import carillon.cwmp.Event;
import carillon.cwmp.EventCode;
import carillon.cwmp.Fault;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.db.Claim;
import carillon.db.CredentialState;
import carillon.db.DeviceState;
import carillon.db.Effect;
import carillon.db.Proof;
import carillon.db.RpcState;
import carillon.rpc.play.Play;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody in a managed device's name: what is acknowledged is kept with the claim, and nothing of the device changes. */
class ClaimTest {
    private final Play play = new Play()
            .knownPhone(DeviceState.APPROVED, Play.trust(CredentialState.SEEN, 1))
            .calls(Proof.NONE);

    @Test
    @Tag("CWMP-055")
    void the_events_of_a_claim_are_written_with_their_keys_before_they_are_acknowledged() {
        assertThat(play.informs(List.of(Event.of(EventCode.BOOT), new Event("M Reboot", "K"))))
                .contains(new AcsResponse.InformResponse(1));
        assertThat(play.lastTurn().effects()).singleElement().isInstanceOfSatisfying(Effect.ClaimSeen.class, seen -> {
            assertThat(seen.session()).isEqualTo(play.session().id());
            assertThat(seen.events()).containsExactly(Event.of(EventCode.BOOT), new Event("M Reboot", "K"));
            assertThat(seen.claim().state()).isEqualTo(Claim.State.PENDING);
        });
        assertThat(play.store.events()).isEmpty();
        assertThat(play.empty()).isEmpty();
    }

    @Test
    @Tag("CWMP-055")
    void what_a_claim_calls_is_kept_with_it_and_settles_nothing() {
        String rpc = play.queue(AcsMethod.DOWNLOAD, "{}");
        play.informs(List.of(Event.of(EventCode.TRANSFER_COMPLETE)));
        assertThat(play.sends(new CpeRequest.TransferComplete(
                        rpc, new Fault(0, "", List.of()), CwmpTime.UNKNOWN, CwmpTime.UNKNOWN)))
                .contains(new AcsResponse.TransferCompleteResponse());
        assertThat(play.store.toldInClaims())
                .containsExactly(Event.of(EventCode.TRANSFER_COMPLETE), new Event("TransferComplete", rpc));
        assertThat(play.store.events()).isEmpty();
        assertThat(play.rpc(rpc).state()).isEqualTo(RpcState.QUEUED);
    }
}
