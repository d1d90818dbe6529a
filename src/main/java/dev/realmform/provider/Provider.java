package dev.realmform.provider;

import dev.realmform.model.AccessGraph;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** A world of resources: reads what is live, writes changes. The only part of the engine's view that does I/O. */
public interface Provider extends AutoCloseable {

    List<ResourceType> types();

    /** The type of that name. */
    default Optional<ResourceType> type(String name) {
        return types().stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /**
     * Reads what the scope needs, and no more.
     *
     * @throws dev.realmform.model.ProblemException if the server cannot be reached, refuses the login, or the login lacks a role
     */
    LiveState read(Scope scope);

    /**
     * The declared resources without what the server would take and then drop without a word: planned, it would come back in
     * each plan. Each such thing is a warning.
     */
    default Accepted accepted(SortedMap<Address, Resource> declared, LiveState live) {
        return new Accepted(declared, List.of());
    }

    /** What of the declared resources the server keeps. */
    record Accepted(SortedMap<Address, Resource> declared, List<Plan.Notice> notices) {
        public Accepted {
            notices = List.copyOf(notices);
        }
    }

    /**
     * What resources need of others without speaking of them, as it takes the whole to tell: a realm the server in the cluster
     * that it is on. They are made after it, and go before it.
     */
    default SortedMap<Address, Set<Address>> standsOn(SortedMap<Address, Resource> declared, LiveState live) {
        return Collections.emptySortedMap();
    }

    /** What speaks against a plan: guards that refuse it. */
    default List<Problem> review(Plan plan) {
        return List.of();
    }

    /**
     * What a reader of a plan should know and only the server can tell: how many users go with what it deletes. Whatever holds
     * for the live state, plan or no plan, is a notice of that.
     */
    default List<Plan.Notice> notices(Plan plan) {
        return List.of();
    }

    /**
     * What tells who gains and loses access by a plan; empty if nobody can, and then nothing was read for it.
     *
     * @throws dev.realmform.model.ProblemException if it cannot be read
     */
    default Optional<AccessGraph> access(Plan plan) {
        return Optional.empty();
    }

    /**
     * Carries out ready changes of one type: what each needs has succeeded, or is in the bundle before it. Blocks. One outcome
     * for each, in order. Never throws for what a server or network does.
     */
    List<Outcome> write(List<Change> bundle);

    /**
     * Somebody wants the run to end: requests that are under way finish, and what only waits for others to do something waits no
     * longer. Safe to call from any thread.
     */
    default void waitNoLonger() {}

    @Override
    void close();
}
