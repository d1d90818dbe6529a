package dev.realmform.keycloak;

import dev.realmform.model.Address;
import dev.realmform.model.Plan;
import dev.realmform.model.Resource;
import dev.realmform.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an older server does not know: it would answer 400, or take it and drop it without a word. Left aside with a warning, so
 * that one file serves servers of several versions. Where nobody tells the version (a login of a realm of its own gets none),
 * everything is sent, and the server itself answers.
 */
final class Lacking {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private Lacking() {}

    /** @param version of the server, asked for only if something declared is not known to all */
    static Provider.Accepted accepted(SortedMap<Address, Resource> declared, Supplier<Optional<String>> version) {
        SortedMap<Address, List<String>> doubtful = doubtful(declared);
        Optional<String> server = doubtful.isEmpty() ? Optional.empty() : version.get();
        if (server.isEmpty()) {
            return new Provider.Accepted(declared, List.of());
        }
        SortedMap<Address, Resource> kept = new TreeMap<>(declared);
        List<Plan.Notice> notices = new ArrayList<>();
        doubtful.forEach((address, fields) -> {
            for (String field : fields) {
                if (lacks(address, field, server.get())) {
                    kept.computeIfPresent(address,
                            (same, resource) -> resource.withValue(resource.value().without(field)));
                    notices.add(new Plan.Notice.About(address,
                            field + " is left aside: this server (" + server.get() + ") does not know it"));
                }
            }
        });
        return new Provider.Accepted(kept, notices);
    }

    private static SortedMap<Address, List<String>> doubtful(SortedMap<Address, Resource> declared) {
        SortedMap<Address, List<String>> doubtful = new TreeMap<>();
        declared.forEach((address, resource) -> {
            Map<String, String> known = lacked(address);
            List<String> fields = known.keySet().stream().filter(resource.value()::has).sorted().toList();
            if (!fields.isEmpty()) {
                doubtful.put(address, fields);
            }
        });
        return doubtful;
    }

    private static Map<String, String> lacked(Address address) {
        return KeycloakProvider.known(address).map(KeycloakType::lackedUpTo).orElse(Map.of());
    }

    /** Whether a server of a version, such as {@code 26.4.7}, does not know a field. */
    static boolean lacks(Address address, String field, String version) {
        String last = lacked(address).get(field);
        return last != null && number(version) <= number(last);
    }

    /** {@code 26.4.7} as 26004; of something that is no version, the newest. */
    private static int number(String version) {
        Matcher parts = VERSION.matcher(version);
        return parts.matches() ? Integer.parseInt(parts.group(1)) * 1000 + Integer.parseInt(parts.group(2))
                : Integer.MAX_VALUE;
    }
}
