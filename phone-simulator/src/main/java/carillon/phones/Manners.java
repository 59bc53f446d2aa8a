package carillon.phones;

import carillon.cwmp.codec.MalformedEnvelopeException;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest.Inform;
import carillon.cwmp.message.CwmpMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** All that one phone does wrong in one session, one after the other; remembers whether any of it came to bear. */
final class Manners {
    private final List<Manner> all;
    private boolean bent;

    Manners(List<Manner> all) {
        this.all = List.copyOf(all);
    }

    /** Two manners as one. */
    record Two(Manner first, Manner second) implements Manner {
        @Override
        public Inform inform(Inform inform) {
            return second.inform(first.inform(inform));
        }

        @Override
        public CwmpMessage answer(AcsRequest request, CwmpMessage right) {
            return second.answer(request, first.answer(request, right));
        }

        @Override
        public String text(Step step, String xml) {
            return second.text(step, first.text(step, xml));
        }

        @Override
        public void post(Post post) {
            first.post(post);
            second.post(post);
        }

        @Override
        public Optional<Delivery> delivery(Step step) {
            return first.delivery(step).or(() -> second.delivery(step));
        }

        @Override
        public Optional<Act> at(Moment moment) {
            return first.at(moment).or(() -> second.at(moment));
        }

        @Override
        public String login(Login right) {
            Login changed = new Login(
                    right.challenge(), right.username(), right.password(), right.target(), first.login(right));
            return second.login(changed);
        }

        @Override
        public CallAnswer called(CallAnswer right) {
            return second.called(first.called(right));
        }

        @Override
        public boolean isPicky() {
            return first.isPicky() || second.isPicky();
        }

        @Override
        public String complaint(String inform, String heard) {
            String complaint = first.complaint(inform, heard);
            return complaint.isEmpty() ? second.complaint(inform, heard) : complaint;
        }
    }

    /** Whether the phone behaves. */
    boolean areGood() {
        return all.isEmpty();
    }

    /** Whether anything was done so far that a phone which behaves would not have done. */
    boolean bent() {
        return bent;
    }

    Inform inform(Inform right) {
        Inform inform = right;
        for (Manner manner : all) {
            inform = manner.inform(inform);
        }
        bent |= !inform.equals(right);
        return inform;
    }

    CwmpMessage answer(AcsRequest request, CwmpMessage right) {
        CwmpMessage answer = right;
        for (Manner manner : all) {
            answer = manner.answer(request, answer);
        }
        bent |= !answer.equals(right);
        return answer;
    }

    String text(Step step, String right) {
        String text = right;
        for (Manner manner : all) {
            text = manner.text(step, text);
        }
        bent |= !text.equals(right);
        return text;
    }

    void post(Post post) {
        byte[] octets = post.octets();
        for (Manner manner : all) {
            manner.post(post);
        }
        bent |= !Arrays.equals(octets, post.octets());
    }

    HttpWire.Answer deliver(Post post, HttpWire wire) throws IOException {
        for (Manner manner : all) {
            Optional<Manner.Delivery> delivery = manner.delivery(post.step());
            if (delivery.isPresent()) {
                bent = true;
                return delivery.get().deliver(post, wire);
            }
        }
        wire.write(post.octets());
        return wire.answer();
    }

    void at(Moment moment, PhoneSession session) throws IOException, MalformedEnvelopeException {
        for (Manner manner : all) {
            Optional<Manner.Act> act = manner.at(moment);
            if (act.isPresent()) {
                bent = true;
                act.get().in(session);
            }
        }
    }

    String login(Login right) {
        Login login = right;
        for (Manner manner : all) {
            login = new Login(
                    right.challenge(), right.username(), right.password(), right.target(), manner.login(login));
        }
        bent |= !login.equals(right);
        return login.header();
    }

    CallAnswer called(CallAnswer right) {
        CallAnswer answer = right;
        for (Manner manner : all) {
            answer = manner.called(answer);
        }
        bent |= !answer.equals(right);
        return answer;
    }

    String complaint(String inform, String heard) {
        bent |= all.stream().anyMatch(Manner::isPicky);
        return all.stream()
                .map(manner -> manner.complaint(inform, heard))
                .filter(complaint -> !complaint.isEmpty())
                .findFirst()
                .orElse("");
    }
}
