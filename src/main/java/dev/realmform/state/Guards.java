package dev.realmform.state;

import dev.realmform.model.Problem;
import dev.realmform.model.ServerIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a state refuses, since a plan made from it would delete other people's work. Pure. */
public final class Guards {

    private static final int NAMED = 3;

    private Guards() {}

    /** A run with fewer files would plan to delete what the missing ones declare. */
    public static Optional<Problem> fewerFiles(State state, SortedSet<String> given) {
        SortedSet<String> missing = new TreeSet<>(state.files());
        missing.removeAll(given);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        List<String> named = missing.stream().limit(NAMED).toList();
        String more = missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "";
        return Optional.of(Problem.refused(
                missing.size() + " of " + state.files().size() + (state.files().size() == 1 ? " file" : " files")
                        + " missing: " + String.join(", ", named) + more,
                "", "This state was made from them, and what they declare would be deleted. Give them with -f,"
                        + " or say --allow-fewer-files if they are gone or renamed on purpose."));
    }

    /** A state says nothing about another server. */
    public static Optional<Problem> otherServer(State state, ServerIdentity live) {
        return state.server()
                .filter(known -> isOther(known, live))
                .map(known -> Problem.refused(
                        "this state was made for " + known.issuer() + ", and this server is " + live.issuer(), "",
                        "Give another --state, or correct the server's address. If the server was moved or rebuilt, say"
                                + " --new-server: then nothing is deleted, and what is there is adopted."));
    }

    /** A realm with another id has been deleted and made again by somebody: what is in it is not ours. */
    public static Optional<Problem> realmWasReset(State state, ServerIdentity live) {
        return state.server()
                .filter(known -> !isOther(known, live))
                .map(known -> resetRealms(known, live))
                .filter(reset -> !reset.isEmpty())
                .map(reset -> reset.contains(ServerIdentity.CLUSTER) ? Problem.refused(
                        "this state was made for another cluster, or for one that was made anew since", "",
                        "Give another --state, or another --context. Or say --new-server: then nothing in the cluster is"
                                + " deleted, and what is there is adopted.")
                        : Problem.refused(
                                "realm " + String.join(", ", reset) + (reset.size() == 1 ? " has" : " have")
                                        + " another id than when this state was made: deleted and made again, not by this state",
                                "", "Say --new-server: then nothing in it is deleted, and what is there is adopted."));
    }

    /** Where only one of the two has a server, the other is a cluster alone. */
    static boolean isOther(ServerIdentity known, ServerIdentity live) {
        return !known.issuer().isEmpty() && !live.issuer().isEmpty() && !known.issuer().equals(live.issuer());
    }

    /** Realms that are there under the same name with another id. One that is missing is no riddle: the plan makes it. */
    static SortedSet<String> resetRealms(ServerIdentity known, ServerIdentity live) {
        SortedSet<String> reset = new TreeSet<>();
        for (Map.Entry<String, String> realm : live.realmIds().entrySet()) {
            if (!known.realmIds().getOrDefault(realm.getKey(), realm.getValue()).equals(realm.getValue())) {
                reset.add(realm.getKey());
            }
        }
        return reset;
    }
}
