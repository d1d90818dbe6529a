package dev.realmform.cli;

import dev.realmform.apply.ApplyEvent;
import dev.realmform.apply.ApplyResult;
import dev.realmform.kubernetes.Restarting;
import dev.realmform.model.Address;
import dev.realmform.model.Change;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How far a rotation came that did not come to its end, and what to do next.
 *
 * @param files the files as the command line names them
 */
record RotationEnd(Rotation rotation, Restarting restarts, ApplyResult result, String files) {

    /** One sentence or two; of no use after a rotation that is whole. */
    String next() {
        Set<Address> done = result.done()
                .stream()
                .map(ApplyEvent.Succeeded::change)
                .map(Change::address)
                .collect(Collectors.toSet());
        Address source = rotation.source();
        String again = "realmform rotate " + source + " " + files;
        if (!done.contains(source)) {
            boolean isUnclear = result.failed()
                    .stream()
                    .anyMatch(failed -> failed.change().address().equals(source) && failed.partly());
            return isUnclear
                    ? "Whether there is a new secret already, is not known. Next: " + again + " makes one for certain."
                    : "Nothing is new yet. Next: " + again;
        }
        List<Address> without = Stream.concat(result.failed().stream().map(ApplyEvent.Failed::change),
                result.skipped().stream().map(ApplyEvent.Skipped::change))
                .map(Change::address)
                .filter(address -> rotation.holders().contains(address))
                .sorted()
                .toList();
        List<Address> old = restarts.changes()
                .stream()
                .map(Change::address)
                .filter(address -> !done.contains(address))
                .sorted()
                .toList();
        return (without.isEmpty()
                ? "The new secret is in place. Next: "
                : "Keycloak has a new secret, and it may not have got to " + names(without)
                        + ". Next: realmform apply " + files + " writes it there" + (old.isEmpty() ? "." : "; then "))
                + (old.isEmpty() ? "" : restart(old)) + " (" + again + " would make yet another one.)";
    }

    private static String names(List<Address> addresses) {
        return String.join(", ", addresses.stream().map(Address::toString).toList());
    }

    private static String restart(List<Address> workloads) {
        return workloads.stream()
                .collect(Collectors.groupingBy(Address::root, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(namespace -> "kubectl -n " + namespace.getKey() + " rollout restart "
                        + String.join(" ", namespace.getValue()
                                .stream()
                                .map(workload -> workload.type().toLowerCase(Locale.ROOT) + "/" + workload.name())
                                .toList()))
                .collect(Collectors.joining("; ")) + ".";
    }
}
