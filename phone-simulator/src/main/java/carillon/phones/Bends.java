package carillon.phones;

import carillon.cwmp.message.AcsMethod;
import carillon.cwmp.message.AcsRequest;
import carillon.cwmp.message.CpeRequest.Inform;
import carillon.cwmp.message.CwmpMessage;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Manners that bend one seam each. */
final class Bends {
    private Bends() {}

    /** Another Inform. */
    static Manner inform(UnaryOperator<Inform> change) {
        return new Manner() {
            @Override
            public Inform inform(Inform inform) {
                return change.apply(inform);
            }
        };
    }

    /** Another text of the Inform's envelope. */
    static Manner text(UnaryOperator<String> change) {
        return new Manner() {
            @Override
            public String text(Step step, String xml) {
                return step == Step.INFORM ? change.apply(xml) : xml;
            }
        };
    }

    /** Another text of every envelope. */
    static Manner everyText(UnaryOperator<String> change) {
        return new Manner() {
            @Override
            public String text(Step step, String xml) {
                return change.apply(xml);
            }
        };
    }

    /** Another text of what answers this method, where it is not a fault already. */
    static Manner answerText(AcsMethod method, UnaryOperator<String> change) {
        return new Manner() {
            @Override
            public Inform inform(Inform inform) {
                return Provoked.inform(inform, method);
            }

            @Override
            public String text(Step step, String xml) {
                return step == Step.ANSWER && xml.contains(method.rpcName() + "Response>") ? change.apply(xml) : xml;
            }
        };
    }

    /** Another answer to this method. */
    static Manner answer(AcsMethod method, BiFunction<AcsRequest, CwmpMessage, CwmpMessage> change) {
        return new Manner() {
            @Override
            public Inform inform(Inform inform) {
                return Provoked.inform(inform, method);
            }

            @Override
            public CwmpMessage answer(AcsRequest request, CwmpMessage right) {
                return request.method() == method ? change.apply(request, right) : right;
            }
        };
    }

    /** A change of the POSTs that carry something. */
    static Manner post(Consumer<Post> change) {
        return new Manner() {
            @Override
            public void post(Post post) {
                if (post.body().length > 0) {
                    change.accept(post);
                }
            }
        };
    }

    /** A change of the POST that carries the Inform. */
    static Manner informPost(Consumer<Post> change) {
        return new Manner() {
            @Override
            public void post(Post post) {
                if (post.step() == Step.INFORM) {
                    change.accept(post);
                }
            }
        };
    }

    /** A change of every POST. */
    static Manner everyPost(Consumer<Post> change) {
        return new Manner() {
            @Override
            public void post(Post post) {
                change.accept(post);
            }
        };
    }

    /** A header of the POSTs that carry something has this value. */
    static Manner header(String name, String value) {
        return post(post -> post.headers().put(name, value));
    }

    /** A header is left out. */
    static Manner withoutHeader(String name) {
        return everyPost(post -> post.headers().remove(name));
    }

    /** Another Cookie header, where there is one: what it makes of {@code name=value}. */
    static Manner cookie(UnaryOperator<String> change) {
        return everyPost(post -> post.headers().computeIfPresent("Cookie", (name, cookie) -> change.apply(cookie)));
    }

    /** The POST of the Inform is put on the wire in another way. */
    static Manner delivery(Manner.Delivery delivery) {
        return delivery(Step.INFORM, delivery);
    }

    /** A POST is put on the wire in another way. */
    static Manner delivery(Step which, Manner.Delivery delivery) {
        return new Manner() {
            @Override
            public Optional<Delivery> delivery(Step step) {
                return step == which ? Optional.of(delivery) : Optional.empty();
            }
        };
    }

    /** Something is done at this moment. */
    static Manner at(Moment when, Manner.Act act) {
        return new Manner() {
            @Override
            public Optional<Act> at(Moment moment) {
                return moment == when ? Optional.of(act) : Optional.empty();
            }
        };
    }

    /** Another answer to a challenge. */
    static Manner login(Function<Login, String> change) {
        return new Manner() {
            @Override
            public String login(Login right) {
                return change.apply(right);
            }
        };
    }

    /** The phone breaks off at what it cannot bear. */
    static Manner cannotBear(BiFunction<String, String, String> complaint) {
        return new Manner() {
            @Override
            public boolean isPicky() {
                return true;
            }

            @Override
            public String complaint(String inform, String heard) {
                return complaint.apply(inform, heard);
            }
        };
    }

    /** Both. */
    static Manner both(Manner first, Manner second) {
        return new Manners.Two(first, second);
    }
}
