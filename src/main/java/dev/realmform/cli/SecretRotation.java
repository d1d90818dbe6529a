package dev.realmform.cli;

import dev.realmform.model.Address;
import dev.realmform.model.Change;
import dev.realmform.model.Edit;
import dev.realmform.model.Path;
import dev.realmform.model.Plan;
import dev.realmform.model.Problem;
import dev.realmform.model.Resource;
import dev.realmform.model.Value;
import dev.realmform.plan.Holes;
import dev.realmform.plan.Renewal;
import dev.realmform.provider.LiveState;
import dev.realmform.provider.Provider;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * New values by chance in a Secret.
 *
 * @param declared the Secret as the files have it
 * @param anew     which of its values
 */
record SecretRotation(Resource declared, SortedMap<Path, Value> anew, Provider provider) implements Rotation {

    private static final String DATA = "data";

    /** @param made the values that are made by chance */
    static SecretRotation of(Resource declared, SortedMap<Path, Value> made, List<String> keys, Provider provider) {
        SortedMap<Path, Value> anew = new TreeMap<>(made);
        if (!keys.isEmpty()) {
            for (String key : keys) {
                if (!made.containsKey(Path.of(DATA, key))) {
                    throw Problem.refused(declared.address() + " has no value " + key + " that is made by chance",
                            declared.source().exact(),
                            "It has " + String.join(", ", made.keySet().stream().map(Path::last).toList()) + ".")
                            .asException();
                }
            }
            anew.keySet().removeIf(path -> !keys.contains(path.last()));
        }
        return new SecretRotation(declared, anew, provider);
    }

    @Override
    public Address source() {
        return declared.address();
    }

    /** Nobody can refer to it. */
    @Override
    public SortedSet<Address> holders() {
        return new TreeSet<>();
    }

    @Override
    public Change.Update change(Survey.Found found) {
        LiveState live = found.request().live();
        Resource there = live.find(source())
                .orElseThrow(() -> Problem.refused(source() + " is not there", "",
                        "Apply: that makes its values.").asException())
                .resource();
        Optional<Change> pending = found.planned().plan().change(source());
        Resource desired = new Holes(found.request().desired(), live)
                .filled(Optional.ofNullable(found.request().desired().get(source())).orElse(declared));
        Resource becomes = pending.filter(Change.Update.class::isInstance)
                .map(change -> ((Change.Update) change).planned())
                .orElse(there);
        List<Edit> others = pending.map(Change::edits).orElse(List.of());
        return Renewal.of(
                new Change.Update(there, Renewal.with(desired, anew), becomes, others, Optional.empty()), anew);
    }

    @Override
    public List<Plan.Notice> notices() {
        return List.of(new Plan.Notice.About(source(), "made by chance"),
                new Plan.Notice.General("Who else has been given the old value, is not told of the new one."));
    }
}
