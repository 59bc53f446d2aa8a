package carillon.rpc.engine;

import static org.assertj.core.api.Assertions.assertThat;

import carillon.cwmp.EventCode;
import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.AcsResponse;
import carillon.cwmp.message.CpeRequest;
import carillon.cwmp.message.CwmpMessage;
import carillon.db.Proof;
import carillon.db.RpcState;
import carillon.db.StoredFile;
import carillon.rpc.enrol.RpcIds;
import carillon.rpc.play.Play;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Files of this server on their way: which address a phone is given, and what goes to nobody without TLS. */
class FileTransfersTest {
    private static final String IMAGE = "1 Firmware Upgrade Image";
    private static final String OWN = "{\"fileType\":\"1 Firmware Upgrade Image\",\"file\":\"a.loads\",\"sha256\":\""
            + "ab".repeat(32) + "\",\"size\":7,\"secrets\":false}";

    private final Play play = new Play().knownPhone();

    private static StoredFile file() {
        return new StoredFile(
                "01M8762HGMRFAC8N5W9PZAP3P2",
                "default",
                "",
                "a.loads",
                IMAGE,
                "12.0",
                List.of(),
                7,
                "ab".repeat(32),
                StoredFile.Origin.OPERATOR,
                false,
                true,
                false,
                Optional.empty(),
                "",
                "user:admin",
                Play.START);
    }

    private AcsRequest.Download download(Optional<CwmpMessage> said) {
        assertThat(said).get().isInstanceOf(AcsRequest.Download.class);
        return (AcsRequest.Download) said.orElseThrow();
    }

    @Test
    void a_file_of_ours_goes_by_http_to_who_came_so_and_by_https_to_who_came_over_tls() {
        String rpc = play.queue(AcsMethod.DOWNLOAD, OWN);
        play.informs(EventCode.PERIODIC);
        AcsRequest.Download plain = download(play.empty());
        assertThat(plain.url()).matches("http://acs\\.test:8069/t/[0-9A-Z]{26}/a\\.loads");
        assertThat(plain.commandKey()).isEqualTo(rpc);
        assertThat(plain.fileSize()).isEqualTo(7);
        Play secure = new Play().knownPhone().calls(Proof.OWN_CREDENTIALS, true, 1);
        secure.queue(AcsMethod.DOWNLOAD, OWN);
        secure.informs(EventCode.PERIODIC);
        secure.obeys();
        assertThat(secure.asked())
                .filteredOn(asked -> asked instanceof AcsRequest.Download)
                .singleElement()
                .satisfies(asked ->
                        assertThat(((AcsRequest.Download) asked).url()).startsWith("https://acs.test:8469/t/"));
    }

    @Test
    void a_file_that_may_hold_secrets_does_not_go_without_tls() {
        String rpc = play.queue(AcsMethod.DOWNLOAD, OWN.replace("\"secrets\":false", "\"secrets\":true"));
        String config = play.queue(AcsMethod.UPLOAD, "{\"fileType\":\"1 Vendor Configuration File\"}");
        String log = play.queue(AcsMethod.UPLOAD, "{\"fileType\":\"2 Vendor Log File\"}");
        play.informs(EventCode.PERIODIC);
        assertThat(play.empty()).get().isInstanceOf(AcsRequest.Upload.class);
        assertThat(play.rpc(rpc).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(rpc).note()).contains("without TLS", "\"secrets\":false");
        assertThat(play.rpc(config).state()).isEqualTo(RpcState.FAILED);
        assertThat(play.rpc(log).state()).isEqualTo(RpcState.SENT);
    }

    @Test
    @Tag("CWMP-127")
    void who_asks_for_a_file_gets_what_is_offered_in_the_same_session() {
        play.store.offers(file());
        play.informs(EventCode.REQUEST_DOWNLOAD);
        assertThat(play.sends(new CpeRequest.RequestDownload(IMAGE, List.of())))
                .contains(new AcsResponse.RequestDownloadResponse());
        AcsRequest.Download download = download(play.empty());
        assertThat(download.fileType()).isEqualTo(IMAGE);
        assertThat(download.targetFileName()).isEqualTo("a.loads");
        assertThat(download.commandKey()).matches("[0-9A-HJKMNP-TV-Z]{26}");
    }

    @Test
    @Tag("CWMP-127")
    void who_asks_for_what_nobody_offers_is_answered_and_it_is_noted() {
        play.store.offers(file());
        play.informs(EventCode.REQUEST_DOWNLOAD);
        assertThat(play.sends(new CpeRequest.RequestDownload("4 Tone File", List.of())))
                .contains(new AcsResponse.RequestDownloadResponse());
        assertThat(play.session().memory().remarks())
                .anySatisfy(remark -> assertThat(remark).contains("asked for a file of the type '4 Tone File'"));
        assertThat(play.empty()).isEmpty();
    }

    @Test
    void an_id_that_a_session_makes_is_the_same_for_the_same_turn_alone_and_sorts_by_time() {
        String id = RpcIds.of("S", 3, Play.START);
        assertThat(RpcIds.of("S", 3, Play.START)).isEqualTo(id);
        assertThat(RpcIds.of("S", 4, Play.START)).isNotEqualTo(id);
        assertThat(RpcIds.of("S", 3, Play.START.plusSeconds(1))).isGreaterThan(id);
    }
}
