package dev.realmform.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who wrote when, seen from the server: each write of each run with its beginning and its end, in one order. */
final class Turns {

    private record Moment(String who, Relay.Call call, boolean ends) {

        @Override
        public String toString() {
            return who + (ends ? " ended " : " began ") + call;
        }
    }

    private final List<Moment> moments = new ArrayList<>();

    /** Watches a run by this name, whatever else is done with its requests. */
    Relay.Manner watching(String who, Relay.Manner manner) {
        return new Relay.Manner() {
            @Override
            public Optional<Relay.Reply> instead(Relay.Call call) {
                note(call, false);
                return manner.instead(call);
            }

            @Override
            public void passed(Relay.Call call) {
                note(call, true);
            }

            private void note(Relay.Call call, boolean ends) {
                if (call.writes()) {
                    take(new Moment(who, call, ends));
                }
            }
        };
    }

    private synchronized void take(Moment moment) {
        moments.add(moment);
    }

    /** Whoever wrote had ended all its writes before another began. */
    synchronized void oneAtATime(String what) {
        List<String> order = new ArrayList<>();
        for (Moment moment : moments) {
            if (order.isEmpty() || !order.getLast().equals(moment.who())) {
                order.add(moment.who());
            }
        }
        assertThat(order).as(() -> what + "\n" + String.join("\n", moments.stream().map(Moment::toString).toList()))
                .doesNotHaveDuplicates();
    }

    synchronized long writesOf(String who) {
        return moments.stream().filter(moment -> moment.who().equals(who) && !moment.ends()).count();
    }
}
